"""Words of other languages for kinds of training: German, Spanish, French, Italian, Dutch and Portuguese.

They are patterns of whole words, small letters; `rules` puts each list beside the English words of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from mesocycle.importing.feed import Kind

_REST = {
    "de": r"ruhe|ruhetage?|pause|pausentag|frei|lauffrei|trainingsfrei",
    "es": r"descanso|día libre|día de descanso|reposo",
    "fr": r"repos|jour de repos|jour off|relâche",
    "it": r"riposo|giorno di riposo",
    "nl": r"rust|rustdag|vrije dag",
    "pt": r"descanso|folga|repouso|dia de descanso",
}
_STRENGTH = {
    "de": r"kraft\w*|stabi\w*|rumpf\w*|athletik\w*|gewichte|fitnessstudio|gymnastik|muskel\w*",
    "es": r"fuerza|gimnasio|pesas|musculación|fortalecimiento|tren (?:superior|inferior)|abdominales"
    r"|sentadillas",
    "fr": r"muscu\w*|renfo\w*|ppg|gainage|salle de sport|préparation physique|abdos|haltères",
    "it": r"palestra|forza|pesi|potenziamento|addominali|rafforzamento",
    "nl": r"kracht\w*|sportschool|stabiliteit\w*|rompstabiliteit|buikspieren",
    "pt": r"força|musculação|academia|ginásio|fortalecimento|reforço muscular|pesos|abdominais",
}
_CROSS = {
    "de": r"rad|rad(?:fahren|tour\w*|training|runde|einheit)|fahrrad|schwimm\w*|ergometer|crosstrainer|rudern"
    r"|alternativtraining|wandern|wanderung|spazier\w*|skitour",
    "es": r"bici\w*|ciclismo|nadar|natación|elíptica|remo|caminar|caminata|senderismo|piscina",
    "fr": r"vélo|natation|nager|piscine|elliptique|home[- ]?trainer|aviron|rameur|marche|rando\w*"
    r"|ski de fond",
    "it": r"bici\w*|ciclismo|nuoto|piscina|ellittica|canottaggio|vogatore|camminata|cyclette|escursione",
    "nl": r"fiets\w*|wielren\w*|zwem\w*|roei\w*|crosstrainer|wandel\w*|schaatsen",
    "pt": r"bicicleta|ciclismo|pedal\w*|nadar|natação|elíptico|remo|caminhada|caminhar|piscina",
}
_RACE = {
    "de": r"\w*wettkampf|rennen(?! ?tempo)|renntag|(?:volks|stadt|city|silvester|firmen|straßen)l[aä]uf\w*",
    "es": r"competición|carrera popular|día de (?:la )?carrera|carrera objetivo|san silvestre",
    "fr": r"compétition|compét|jour j|jour de course|course officielle|corrida de noël",
    "it": r"gara(?! ?ritmo)|competizione|giorno (?:di|della) gara",
    "nl": r"wedstrijd(?!tempo)|wedstrijddag|prestatieloop",
    "pt": r"prova(?= |$)|competição|dia d[ae] prova|corrida de rua",
}
_LONG = {
    "de": r"lang(?:er|e)?|lala|longrun",
    "es": r"tirada larga|rodaje largo|carrera larga|tirada|largo|larga",
    "fr": r"sortie longue|longue|endurance longue|sl(?= ?\d|$)",
    "it": r"lungo|lunghissimo|lunga",
    "nl": r"lange|ldl",
    "pt": r"longão|longo|longa|longuinho",
}
_HILLS = {
    "de": r"berg(?:l[aä]uf\w*|sprints?|intervalle?|training|an)|hügel\w*|anstiege",
    "es": r"cuestas|subidas|repechos",
    "fr": r"côtes|montées|bosses",
    "it": r"salite|in salita|salita",
    "nl": r"heuvel\w*|bergop|viaduct\w*|klim\w*",
    "pt": r"ladeiras?|subidas?|rampas?|morros?",
}
_THRESHOLD = {
    "de": r"\w*schwelle\w*",
    "es": r"umbral",
    "fr": r"seuil",
    "it": r"soglia",
    "nl": r"drempel\w*|omslagpunt",
    "pt": r"limiar",
}
_PROGRESSION = {
    "de": r"steigerung(?:slauf)?|endbeschleunigung|crescendo\w*|progressionslauf",
    "es": r"progresiv[oa]|en progresión|progresión",
    "fr": r"progressif|progressive|crescendo",
    "it": r"progressiv[oa]|progressione|in progressione",
    "nl": r"progressie\w*|opbouwend\w*|versnellende",
    "pt": r"progressiv[oa]|progressão|em progressão",
}
_INTERVALS = {
    "de": r"interval\w*|minutenläufe|bahntraining|wiederholungen|fahrtspiel|tempowechsel\w*|tempoläufe"
    r"|\d{3,4}er",
    "es": r"series|intervalos|repeticiones|cambios de ritmo|pista",
    "fr": r"fractionné\w*|vma|intervalles?|répétitions|piste|pyramide",
    "it": r"ripetute|intervalli|variazioni|ripetizioni|pista",
    "nl": r"interval\w*|herhalingen|baantraining|vaartspel|blokken",
    "pt": r"tiros|intervalad[oa]s?|séries|repetições|intervalos|pista",
}
_TEMPO = {
    "de": r"renntempo|tempodauerlauf|tempolauf|tdl|dl-?3|h?mrt|marathontempo|wettkampftempo",
    "es": r"ritmo(?: \w+)?|a ritmo",
    "fr": r"allure \w+|as ?(?:10|21|42)|allure spé\w*",
    "it": r"ritmo(?: \w+)?|corto veloce|corsa media|medio(?= ?\d|$)",
    "nl": r"tempoloop|tempoduurloop|wedstrijdtempo|marathontempo",
    "pt": r"ritmo(?: \w+)?",
}
_RECOVERY = {
    "de": r"regen\w*|reko\w*|erholung\w*|auslaufen",
    "es": r"recuperación|recup\w*|regenerativ[oa]|descarga",
    "fr": r"récup\w*|décrassage|régé\w*|footing de récup\w*",
    "it": r"recupero|rigenerante|defaticante|scarico|defaticamento",
    "nl": r"herstel\w*|loslopen|uitlopen",
    "pt": r"regenerativ[oa]|recuperação|recuperativ[oa]",
}
_EASY = {
    "de": r"locker\w*|ruhig\w*|leicht\w*|gemütlich\w*|dauerlauf|dl(?:-?1)?|ga ?1|grundlage\w*",
    "es": r"rodaje|suave|trote|fácil|carrera continua|tranquil[oa]",
    "fr": r"footing|endurance fondamentale|ef|facile|tranquille|aisance|lente?",
    "it": r"facile|lent[oa]|leggera|leggero|fondo lento|tranquill[oa]|corsa lenta",
    "nl": r"duurloop|rustige?|ontspannen|dl1|makkelijke?",
    "pt": r"rodagem|trote|leve|fácil|tranquil[oa]|corrida contínua|solto",
}
_MODERATE = {
    "de": r"ga ?2|dl-?2|zügig\w*|mittler\w*",
    "es": r"moderad[oa]|aeróbic[oa]",
    "fr": r"endurance active|modérée?|soutenue?",
    "it": r"moderat[oa]|fondo medio",
    "nl": r"gematigde?|dl2|matig\w*",
    "pt": r"moderad[oa]|aeróbic[oa]",
}
_RUN = {
    "es": r"correr|carrera",
    "fr": r"course(?= à pied| \d|$)|courir",
    "it": r"corsa|correre",
    "nl": r"hardlopen|rondje|loopje|lopen",
    "pt": r"corrida|correr",
}
_WORDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.REST: _REST,
    Kind.STRENGTH: _STRENGTH,
    Kind.CROSS: _CROSS,
    Kind.RACE: _RACE,
    Kind.LONG: _LONG,
    Kind.HILLS: _HILLS,
    Kind.THRESHOLD: _THRESHOLD,
    Kind.PROGRESSION: _PROGRESSION,
    Kind.INTERVALS: _INTERVALS,
    Kind.TEMPO: _TEMPO,
    Kind.RECOVERY: _RECOVERY,
    Kind.EASY: _EASY,
    Kind.MODERATE: _MODERATE,
}
# A run without any word for its kind.
PLAIN = "|".join(_RUN.values())


def words(kind: Kind) -> str:
    """The words of all these languages for a kind, as one pattern."""
    return "|".join(_WORDS[kind].values())
