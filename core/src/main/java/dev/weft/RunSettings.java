package dev.weft;

import java.time.Duration;
import java.util.List;

/** What a run is told. */
record RunSettings(
        boolean debug,
        boolean signals,
        ProblemHandler problems,
        Duration cancellationGrace,
        List<ContextPropagator> propagators,
        List<TaskListener> listeners,
        List<DumpSignals.Wish> dumps) {}
