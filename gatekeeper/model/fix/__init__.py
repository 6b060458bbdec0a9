"""What would mend a finding, and what became of mending."""
