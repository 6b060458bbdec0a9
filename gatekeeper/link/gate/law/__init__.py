"""What the law asks of gates, held against documents, reports and the tree."""
