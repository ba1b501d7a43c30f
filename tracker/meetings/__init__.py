"""What was said: meetings, their agenda, attendance and statements; they raise proposals and hand out actions."""
