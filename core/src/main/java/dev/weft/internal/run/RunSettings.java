package dev.weft.internal.run;

import dev.weft.ContextPropagator;
import dev.weft.ProblemHandler;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of a run. An empty setting is the process's; empty signals are {@link Signals}' own choice. */
public record RunSettings(
        Optional<String> mainName,
        Optional<Boolean> debug,
        Optional<Set<String>> signals,
        Optional<ProblemHandler> problems,
        Optional<Duration> cancellationGrace,
        Optional<Duration> failureDelay,
        List<ContextPropagator> propagators,
        List<TaskListener> listeners,
        List<DumpSignals.Wish> dumps) {}
