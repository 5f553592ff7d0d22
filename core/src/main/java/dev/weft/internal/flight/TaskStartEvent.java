package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The beginning of a task. Off unless asked for: a second event for each task. */
@Name("dev.weft.TaskStart")
@Label("Task start")
@Category("Weft")
@Description("A task begins its body: to see tasks that have not ended")
@Enabled(false)
@StackTrace(false)
public final class TaskStartEvent extends AboutTask {}
