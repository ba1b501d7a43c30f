"""The official form: minutes and attendance list as PDF and Word, laid out from what the minutes say."""
