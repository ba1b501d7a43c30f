"""Series of meetings: planning the next meeting, and what earlier ones left open."""
