"""Constants, literals and unions in source code, read from its syntax tree; nothing is ever run."""
