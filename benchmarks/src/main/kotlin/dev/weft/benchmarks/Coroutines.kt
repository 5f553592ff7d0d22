package dev.weft.benchmarks

import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.function.IntConsumer
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** The workloads on kotlinx.coroutines, on its default pool or on the caller's own event loop, as the context says. */
object Coroutines {

    @JvmField val DEFAULT: CoroutineContext = Dispatchers.Default

    @JvmField val RUN_BLOCKING: CoroutineContext = EmptyCoroutineContext

    @JvmStatic
    fun startAndAwait(context: CoroutineContext, times: Int): Int = runBlocking(context) {
        var sum = 0
        repeat(times) { number -> sum += async { number }.await() }
        sum
    }

    @JvmStatic
    fun gather(context: CoroutineContext, size: Int, times: Int): Int = runBlocking(context) {
        var sum = 0
        repeat(times) { sum += List(size) { number -> async { number } }.awaitAll().sum() }
        sum
    }

    @JvmStatic
    fun settle(context: CoroutineContext, size: Int): Int = runBlocking(context) {
        supervisorScope {
            List(size) { number -> async { SettleTasks.work(number) } }
                .sumOf { task -> runCatching { task.await() }.getOrDefault(1) }
        }
    }

    @JvmStatic
    fun mapConcurrent(context: CoroutineContext, items: List<Int>, limit: Int, times: Int): Int = runBlocking(context) {
        var sum = 0
        val permits = Semaphore(limit)
        repeat(times) {
            sum += items.map { number -> async { permits.withPermit { number + 1 } } }.awaitAll().sum()
        }
        sum
    }

    @JvmStatic
    fun mapSleepers(context: CoroutineContext, items: List<Int>, limit: Int, millis: Int): Int = runBlocking(context) {
        val permits = Semaphore(limit)
        items.map { number ->
            async {
                permits.withPermit {
                    delay(millis.toLong())
                    number + 1
                }
            }
        }.awaitAll().sum()
    }

    @JvmStatic
    fun asCompleted(context: CoroutineContext, size: Int, times: Int): Int = runBlocking(context) {
        var sum = 0
        repeat(times) {
            val results = Channel<Int>(Channel.UNLIMITED)
            repeat(size) { number -> launch { results.send(number) } }
            repeat(size) { sum += results.receive() }
        }
        sum
    }

    @JvmStatic
    fun asCompletedSleepers(context: CoroutineContext, size: Int): Int = runBlocking(context) {
        val results = Channel<Int>(Channel.UNLIMITED)
        repeat(size) { number ->
            launch {
                delay(number % 50L)
                results.send(number)
            }
        }
        var sum = 0
        repeat(size) { sum += results.receive() }
        sum
    }

    @JvmStatic
    fun timeoutNotFiring(context: CoroutineContext, limitMillis: Long, times: Int): Int = runBlocking(context) {
        var sum = 0
        repeat(times) { number -> sum += withTimeout(limitMillis) { number } }
        sum
    }

    @JvmStatic
    fun timeoutFires(context: CoroutineContext, limitMillis: Long, sleepMillis: Long, times: Int): Int = runBlocking(context) {
        var fired = 0
        repeat(times) {
            try {
                withTimeout(limitMillis) { delay(sleepMillis) }
            } catch (e: TimeoutCancellationException) {
                fired++
            }
        }
        fired
    }

    @JvmStatic
    fun nestedTimeouts(context: CoroutineContext, limitMillis: Long, depth: Int, times: Int): Int = runBlocking(context) {
        var sum = 0
        repeat(times) { sum += nest(limitMillis, depth) }
        sum
    }

    private suspend fun nest(limitMillis: Long, depth: Int): Int =
        if (depth == 0) 1 else withTimeout(limitMillis) { nest(limitMillis, depth - 1) }

    @JvmStatic
    fun cancelSleepers(context: CoroutineContext, size: Int, sleepMillis: Long) = runBlocking(context) {
        val asleep = CountDownLatch(size)
        val sleepers = List(size) {
            launch {
                asleep.countDown()
                delay(sleepMillis)
            }
        }
        while (asleep.count > 0) {
            yield()
        }
        coroutineContext.cancelChildren()
        sleepers.forEach { it.join() }
    }

    @JvmStatic
    fun handOver(context: CoroutineContext, times: Int) = runBlocking(context) {
        val there = Channel<Int>(1)
        val back = Channel<Int>(1)
        launch { repeat(times / 2) { back.send(there.receive()) } }
        repeat(times / 2) { number ->
            there.send(number)
            back.receive()
        }
    }

    @JvmStatic
    fun boundedQueue(context: CoroutineContext, capacity: Int, times: Int) = runBlocking(context) {
        val channel = Channel<Int>(capacity)
        launch { repeat(times) { number -> channel.send(number) } }
        repeat(times) { channel.receive() }
    }

    @JvmStatic
    fun locks(context: CoroutineContext, times: Int): Int = runBlocking(context) {
        var count = 0
        val mutex = Mutex()
        repeat(times) { mutex.withLock { count++ } }
        count
    }

    @JvmStatic
    fun permits(context: CoroutineContext, permits: Int, times: Int): Int = runBlocking(context) {
        var count = 0
        val semaphore = Semaphore(permits)
        repeat(times) { semaphore.withPermit { count++ } }
        count
    }

    @JvmStatic
    fun yields(context: CoroutineContext, tasks: Int, times: Int) = runBlocking(context) {
        repeat(tasks) { launch { repeat(times) { yield() } } }
    }

    @JvmStatic
    fun fanOut(context: CoroutineContext, requests: Int, calls: Int, answer: IntConsumer) = runBlocking(context) {
        List(requests) { request ->
            async {
                val sum = List(calls) { number -> async { call(number) } }.awaitAll().sum()
                answer.accept(request)
                sum
            }
        }.awaitAll()
        Unit
    }

    private suspend fun call(number: Int): Int {
        delay(number + 1L)
        return number
    }

    @JvmStatic
    fun sleepers(context: CoroutineContext, size: Int, sleepMillis: Long, begun: CountDownLatch, measuring: Callable<Void>) =
        runBlocking(context) {
            val sleepers = startSleepers(this, size, sleepMillis, begun)
            while (begun.count > 0) {
                yield()
            }
            measuring.call()
            sleepers.forEach { it.cancel() }
        }

    private fun startSleepers(scope: CoroutineScope, size: Int, sleepMillis: Long, begun: CountDownLatch) = List(size) {
        scope.launch {
            begun.countDown()
            delay(sleepMillis)
        }
    }
}
