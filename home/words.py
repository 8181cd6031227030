"""What the pages of home call things."""

from core.errors import message
from home.timing import Stage

STAGES = {
    Stage.TASK_FORCE: message("Task force"),
    Stage.SURVEY: message("Survey"),
    Stage.CONVERSATIONS: message("Conversations and interviews"),
    Stage.NEEDS: message("Needs and gaps"),
    Stage.WORKSHOP: message("Idea workshop"),
    Stage.CONCEPT: message("Concept"),
    Stage.MEETING: message("Network meeting"),
    Stage.VENTURES: message("Ventures"),
}
