"""Words that printed references are made of: abbreviations that end no sentence, publishers, places of publication."""

import re

JOURNAL_ABBREVIATIONS = frozenset(
    f"{word}."
    for word in """
    j am br brit eur int intl clin exp proc ann arch acta med psychol psychiatr behav res ther natl acad sci rev neurosci neurol biol
    chem phys soc assoc univ dept bull trans comm commun lett mag q quart jpn chin can aust scand ital nat adv appl biochem biophys
    mol cardiol gastroenterol dermatol endocrinol immunol metab nutr obstet gynecol gynaecol oncol ophthalmol otolaryngol laryngol
    rhinol otol pediatr paediatr pharmacol physiol psychosom psychother psychophysiol radiol rehabil rheumatol surg toxicol urol
    epidemiol environ occup prev publ pers individ differ cogn emot abnorm consult disord syst stud theor math comput eng engl inf
    inform technol manag econ educ dev adolesc geriatr gerontol alcohol diabet circ hum infect dis dial investig invest mov nurs
    pathol mil orthop thorac vasc vet virol zool ecol evol genet genom microbiol parasitol sens spectrosc conf symp congr workshop
    dent hypertens ment hyg perspect curr opin ger fr dtsch wochenschr ser co corp rep tech bd hrsg addict assess biofeedback regul
    auton physiother musculoskelet neuropsychol neuropsychiatr neuroendocrinol psychoneuroendocrinol neurogastroenterol motil interv
    complement altern pract integr compr contemp crit emerg fam gen hosp isr jt lat nord pac philos pol prac prim prog rom russ sc sw
    swiss turk mt amer symp approx int'l proc phil lit ling found monogr contrib
    """.split()
)  # in lower case; they count where printed with a capital: "J Psychosom. Res. 2004" is one name
ABBREVIATIONS = frozenset(
    """vs. etc. e.g. i.e. cf. al. St. Dr. Mr. Mrs. Ms. Prof. Jr. Sr. Inc. Ltd. approx. ca. U.S. U.K. U.S.A. N.Y. D.C. Ph.D. M.D. v.
    vol. Vol. no. No. Nr. nr. pp. p. Pt. pt. ed. eds. Ed. Eds. Suppl. suppl. Fig. fig. spp. sp. var.""".split()
)  # as printed
PUBLISHERS = re.compile(
    r"\b(?:press|presses|publish(?:er|ers|ing)|publications?|publ|verlag|books|editions?|éditions|editora|editorial|elsevier|springer|"
    r"wiley(?:-blackwell)?|blackwell|biomed central|hindawi|mdpi|frontiers (?:media|research)|sage|taylor (?:&|and) francis|routledge|"
    r"karger|thieme|lippincott|wolters kluwer|kluwer|mcgraw-hill|academic press|prentice[ -]hall|pearson|penguin|random house|"
    r"harpercollins|norton|macmillan|palgrave|guilford|erlbaum|addison-wesley|morgan kaufmann?|u\.s\. national library of medicine|"
    r"(?:us )?national library of medicine|national institutes? of|national center for|universit(?:y|é|ät|à)|institute|society|association|academy|"
    r"foundation|college|department|ministry|cent(?:er|re)s? for|organi[sz]ation|media|group|dove|baishideng|ltd|llc|inc|b\.?v\.?|gmbh|s\.?a\.?|"
    r"cambridge up|oxford up|up|plos|public library of science|bmj|nature publishing|john wiley|jossey-bass|sons|harvard|government|"
    r"office|who|nice|nhs|national|company|knopf|viking|doubleday|vintage|scribner'?s?|houghton|mifflin|gallimard|seuil|puf|suhrkamp|"
    r"w\.? ?w\.? norton|basic books|holt|rinehart|winston|saunders|mosby|churchill livingstone|crc|acm|ieee|american psychiatric)\b",
    re.IGNORECASE,
)
PLACES = re.compile(
    r"\b(?:new york|london|cambridge|oxford|boston|chicago|philadelphia|washington|geneva|paris|berlin|amsterdam|stuttgart|basel|rome|"
    r"milan|madrid|barcelona|toronto|montreal|vancouver|sydney|melbourne|san francisco|los angeles|san diego|berkeley|princeton|"
    r"new haven|baltimore|bethesda|rockville|atlanta|hillsdale|mahwah|englewood cliffs|thousand oaks|newbury park|beverly hills|"
    r"st\.? louis|hoboken|minneapolis|durham|ithaca|stanford|dordrecht|heidelberg|munich|münchen|frankfurt|hamburg|wien|vienna|zürich|"
    r"zurich|tokyo|beijing|delhi|mumbai|edinburgh|manchester|dublin|copenhagen|stockholm|oslo|helsinki|brussels|leiden|lisbon|lisboa|"
    r"são paulo|rio de janeiro|buenos aires|mexico|méxico|singapore|hong kong|treasure island|england|uk|usa?|[A-Z]{2})\b",
    re.IGNORECASE,
)
