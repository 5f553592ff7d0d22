package samples

import dev.weft.ContextPropagator
import dev.weft.Task
import dev.weft.kotlin.asContextElement
import dev.weft.kotlin.awaitSuspending
import dev.weft.kotlin.suspending
import dev.weft.kotlin.timeout
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first

interface SuspendingClient {
    suspend fun lines(): Flow<String>
}

interface Log {
    fun info(line: String)
}

// snippet: awaiting
suspend fun total(prices: List<Task<Int>>): Int = prices.sumOf { it.awaitSuspending() }
// end

// snippet: suspending
fun firstLine(client: SuspendingClient): String =
    timeout(2.seconds) {
        suspending { client.lines().first() }
    }
// end

// snippet: coroutine-timeout
suspend fun price(task: Task<Int>, limit: Duration): Int? = coroutineScope {
    try {
        timeout(limit) { task.awaitSuspending() }
    } catch (late: TimeoutException) {
        null
    }
}
// end

fun logFromElsewhere(log: Log, propagator: ContextPropagator) {
    // snippet: context
    suspending(Dispatchers.Default + propagator.asContextElement()) {
        log.info("has what the task's thread has")
    }
    // end
}
