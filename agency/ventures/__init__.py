"""From an idea to an enterprise: stages and gates, canvas, milestones, jobs and money."""
