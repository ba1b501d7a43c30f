"""Which chapter of the guide is about which page."""

#: By the first part of an endpoint.
_TOPICS = {
    "meetings": "log-a-meeting",
    "meeting_templates": "log-a-meeting",
    "intake": "log-a-meeting",
    "series": "log-a-meeting",
    "live": "live-minutes",
    "minutes": "live-minutes",
    "proposals": "decide",
    "status": "decide",
    "corrections": "decide",
    "actions": "follow-up",
    "changes": "follow-up",
    "escalations": "follow-up",
    "reviews": "weekly-review",
    "search": "find",
    "saved_filters": "find",
    "people": "find",
    "units": "find",
    "posts": "find",
    "targets": "targets",
    "periods": "targets",
    "lists": "printing",
    "documents": "printing",
    "offline": "phone",
}
START = "start"


def topic_of(endpoint: str | None) -> str:
    return _TOPICS.get((endpoint or "").partition(".")[0], START)
