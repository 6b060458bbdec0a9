"""What git's history tells: moves of items, the trend, what differs between two trees, and how old findings are."""
