package dev.weft.internal.run;

import dev.weft.ContextPropagator;
import dev.weft.ProblemHandler;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.List;

/** The settings of a run. */
public record RunSettings(
        boolean debug,
        boolean signals,
        ProblemHandler problems,
        Duration cancellationGrace,
        List<ContextPropagator> propagators,
        List<TaskListener> listeners,
        List<DumpSignals.Wish> dumps) {}
