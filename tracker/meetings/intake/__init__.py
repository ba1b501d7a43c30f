"""Begin a meeting; read pasted texts, files and lists of names into statements, actions and attendance to confirm."""
