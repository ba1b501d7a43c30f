"""Meetings with their agenda, attendance and statements, from which proposals and actions follow."""
