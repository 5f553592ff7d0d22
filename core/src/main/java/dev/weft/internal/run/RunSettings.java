package dev.weft.internal.run;

import dev.weft.ContextPropagator;
import dev.weft.ProblemHandler;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of a run. What is empty is the process's. */
public record RunSettings(
        Optional<Boolean> debug,
        boolean signals,
        Optional<ProblemHandler> problems,
        Optional<Duration> cancellationGrace,
        Optional<Duration> failureDelay,
        List<ContextPropagator> propagators,
        List<TaskListener> listeners,
        List<DumpSignals.Wish> dumps) {}
