"""Closed lists of codes with their meanings, where several tables or the build share them."""

EVENT_CLASSES = {
    "violence": "force used by a party",
    "talks": "contacts, rounds of talks and their end",
    "truce": "a truce declared, extended or ended",
    "accord": "an accord signed or ended",
    "release": "prisoners released or handed over",
    "organisation": "changes in or between groups and their leaders",
    "policy": "law, policy, listings, statements and politics",
}

#: event type -> (class, meaning)
EVENT_TYPE_CLASSES = {
    "suicide_bombing": ("violence", "attack in which the bomber died"),
    "bombing": ("violence", "explosive device, no bomber on foot or in the vehicle reported"),
    "armed_attack": ("violence", "raid, ambush or shooting by an armed group"),
    "assassination": ("violence", "targeted killing, or attempt, of a named public figure"),
    "kidnapping": ("violence", "people abducted"),
    "execution": ("violence", "captives killed"),
    "jailbreak": ("violence", "attack that freed prisoners"),
    "clash": ("violence", "fighting between armed parties"),
    "operation": ("violence", "operation by state forces"),
    "air_strike": ("violence", "strike from manned aircraft, helicopters or artillery"),
    "drone_strike": ("violence", "strike from an unmanned aircraft"),
    "arrest": ("policy", "arrest of a leader or public figure"),
    "surrender": ("organisation", "a leader or group gave itself up"),
    "escape": ("policy", "escape from custody without an attack"),
    "talks_round": ("talks", "a meeting of delegations"),
    "talks_contact": ("talks", "feelers, committees named, offers taken up"),
    "talks_ended": ("talks", "talks broken off or suspended"),
    "offer": ("talks", "an offer of talks or its withdrawal"),
    "truce_declared": ("truce", "a truce declared"),
    "truce_extended": ("truce", "a truce extended"),
    "truce_ended": ("truce", "a truce called off or lapsed"),
    "accord_signed": ("accord", "an accord signed, announced or agreed"),
    "accord_ended": ("accord", "an accord scrapped"),
    "release": ("release", "prisoners released, exchanged or handed over"),
    "leadership_change": ("organisation", "a leader chosen, removed or announced"),
    "group_founded": ("organisation", "a group founded"),
    "group_merged": ("organisation", "groups merged or a faction joined"),
    "group_split": ("organisation", "a faction left"),
    "pledge": ("organisation", "allegiance pledged"),
    "listing": ("policy", "ban, designation or sanction"),
    "law_or_policy": ("policy", "law, plan or decision of a state"),
    "campaign_announced": ("organisation", "a group announced a campaign"),
    "public_statement": ("policy", "a public statement that is an event itself"),
    "meeting": ("policy", "a meeting other than a round of talks"),
    "border_event": ("policy", "closing, opening or fencing of the border"),
    "displacement": ("policy", "people displaced or returned"),
    "political_change": ("policy", "a change of government or its fall"),
}
EVENT_TYPES = {name: meaning for name, (_, meaning) in EVENT_TYPE_CLASSES.items()}

#: UCDP GED codebook 22.1, variable where_prec
WHERE_PRECISION = {
    1: "exact place",
    2: "near a known place",
    3: "district",
    4: "province",
    5: "line or area",
    6: "country",
    7: "air, sea or unclear side of a border",
}

#: UCDP GED codebook 22.1, variable date_prec
DATE_PRECISION = {
    1: "exact day",
    2: "two to six days",
    3: "a week",
    4: "up to a month",
    5: "up to a year or more",
}

END_STATUS = {
    "known": "the end is the end date",
    "ongoing": "still going when last read",
    "unknown": "it ended, or may have, on a day not known",
}

COUNTRY_PATTERN = r"^[A-Z]{2}$"  # ISO 3166-1 alpha-2

END_REASONS = {
    "expired": "its term ran out",
    "called_off": "a party called it off",
    "violated": "broken by violence, no announcement",
    "extended": "continued by an extension that is a row of its own",
    "superseded": "replaced by another truce or accord",
    "accord": "ended in an accord",
    "ongoing": "in force when last read",
    "unknown": "how it ended is not known",
}
SCOPES = {
    "national": "the whole country",
    "local": "a district, agency or area",
    "interstate": "between two states and along their border",
}
