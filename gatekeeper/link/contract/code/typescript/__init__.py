"""TypeScript and JavaScript, by tree-sitter."""
