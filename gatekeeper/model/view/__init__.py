"""What people are shown: boards, and what happened before."""
