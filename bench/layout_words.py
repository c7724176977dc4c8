"""The words articles are headed and signed with: many ways to say the same, each with the kind it stands for."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "symptoms": (
        "Symptoms", "Symptoms of {x}", "Signs and symptoms", "What are the symptoms of {x}?",
        "What does {x} feel like?", "{X} symptoms", "Common symptoms", "How does {x} feel?", "Signs of {x}",
        "What are the signs and symptoms?", "Recognizing {x}", "What it feels like", "How to recognise {x}",
        "How do I know if I have {x}?", "Symptoms and signs of {x}", "Clinical features",
        "What are the symptoms?", "Main symptoms", "How {x} feels", "Presentation",
    ),
    "causes": (
        "Causes", "What causes {x}?", "Causes of {x}", "Why does it happen?", "What brings {x} on?",
        "Causes and triggers", "Why do I have {x}?", "What triggers {x}?", "Possible causes of {x}", "Common causes",
        "What is the cause of {x}?", "Why it happens", "Why do people get {x}?", "How does {x} start?", "Etiology",
        "What's behind {x}?", "Where does {x} come from?", "What leads to {x}?", "Triggers", "The causes of {x}",
    ),
    "treatment": (
        "Treatment", "Treatments", "How is {x} treated?", "Treating {x}", "Managing {x}", "Self-care",
        "What you can do", "How to get rid of {x}?", "How to treat {x}", "Treatment options",
        "Management", "What helps?", "Coping with {x}", "How can I relieve {x}?", "Treatment for {x}",
        "What are the treatments for {x}?", "Getting relief", "Home remedies for {x}", "How to stop {x}",
        "Therapy", "What can I do about {x}?", "Treatment and management", "Remedies", "How to ease {x}",
    ),
    "doctor": (
        "When to see a doctor", "When to seek medical help", "When should I call my doctor?", "When to get help",
        "When to see your GP",
    ),
    "exams and tests": (
        "Diagnosis", "How is {x} diagnosed?", "Diagnosing {x}", "Tests and diagnosis", "Exams and tests",
        "How to diagnose {x}",
    ),
    "outlook": ("Outlook", "Prognosis", "What is the outlook for {x}?", "Outlook (prognosis)", "Long-term outlook"),
    "complications": ("Complications", "Complications of {x}", "Possible complications", "What are the complications?"),
    "prevention": ("Prevention", "How to prevent {x}", "Preventing {x}", "Can {x} be prevented?"),
    "susceptibility": ("Risk factors", "Who is at risk?", "Who gets {x}?", "Risk factors for {x}"),
    "frequency": ("How common is {x}?", "Epidemiology", "Statistics", "How many people have {x}?"),
    "inheritance": ("Is {x} inherited?", "Inheritance", "Inheritance pattern"),
    "genetic changes": ("Genetic changes", "Related genes"),
    "research": ("Research", "What research is being done?", "Clinical trials"),
}  # fmt: skip
KINDS = {"lead": "description", "symptoms": "description", "causes": "causes", "treatment": "remedies"}
REFERENCES = ("References", "Sources", "Bibliography", "Works cited", "Citations", "REFERENCES:", "References:",
              "Article sources", "Further references", "Literature cited", "Sources and references")  # fmt: skip
TITLES = ("{X}", "{X}", "{X}", "{X}: symptoms, causes and treatment", "Understanding {x}",
          "What you should know about {x}", "{X} explained", "A guide to {x}")  # fmt: skip
WRITERS = (
    "Maria Jensen", "Tomasz Kowalski", "Aisha Rahman", "Peter O'Neill", "Lucía Fernández", "Grace Liu",
    "Hanna van den Berg", "Jean-Luc Moreau", "Samuel T. Okafor", "Rosalind Whitfield", "Dmitri Volkov",
    "Anne Sørensen", "Priya Raghavan", "Will Marsh", "Elizabeth R. Stone", "Noor al-Sayed",
)  # fmt: skip
