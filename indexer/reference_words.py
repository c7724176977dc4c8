"""Words that printed references are made of: abbreviations that end no sentence, publishers, places of publication."""

import re

ABBREVIATIONS = frozenset(
    word + "."
    for word in """
    j am br brit eur int intl clin exp proc ann arch acta med psychol psychiatr behav res ther natl acad sci rev neurosci neurol biol
    chem phys soc assoc univ dept bull trans comm commun lett mag q quart jpn chin can aust scand ital nat adv appl biochem biophys
    cell mol cardiol gastroenterol dermatol endocrinol immunol metab nutr obstet gynecol gynaecol oncol ophthalmol otolaryngol laryngol
    rhinol otol pediatr paediatr pharmacol physiol psychosom psychother psychophysiol radiol rehabil rheumatol surg toxicol urol
    epidemiol environ occup prev med public pers individ differ cogn emot abnorm consult disord syst stud theor theory math comput
    eng engl inf inform technol manag econ lang educ dev child adolesc geriatr gerontol alcohol diabet circ hum infect dis kidney
    dial lab investig invest mov nurs oral pathol mil orthop sleep speech sport sports stroke thorac vasc vet virol zool ecol evol
    genet genom microbiol parasitol plant sens spectrosc conf symp congr workshop dent headache hypertens ment hyg health perspect
    curr opin front ger fr dtsch wochenschr ser suppl vol no nr pp pt ed eds fig vs etc e.g i.e cf al st dr mr mrs ms prof jr sr inc
    ltd co corp rep tech bd hrsg approx u.s u.k u.s.a n.y d.c ph.d m.d addict assess biofeedback regul auton physiother musculoskelet
    neuropsychol neuropsychiatr neuroendocrinol psychoneuroendocrinol neurogastroenterol motil interv complement altern pract integr
    compr contemp crit emerg fam gen hosp isr ir jt lat mem mon nord pac pan philos pol port prac prim prog rom russ sc sw swiss turk
    """.split()
)  # lower case; "J Psychosom. Res. 2004" is one name
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
