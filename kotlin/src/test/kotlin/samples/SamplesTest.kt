package samples

import dev.weft.ContextPropagator
import dev.weft.kotlin.createTask
import dev.weft.kotlin.runMain
import dev.weft.kotlin.sleep
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The samples do what docs/kotlin.md says, and stand there as they are here. */
class SamplesTest {

    @Test
    fun thePageShowsTheSamplesAsTheyAre() {
        val page = Path.of("../docs/kotlin.md").readText()
        val shown = Regex("<!-- snippet: (\\S+) -->\n```\\w+\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
            .findAll(page)
            .associate { it.groupValues[1] to it.groupValues[2] }
        assertThat(shown.keys).containsExactlyInAnyOrderElementsOf(snippets.keys)
        assertThat(shown).containsExactlyInAnyOrderEntriesOf(snippets)
        val blocks = Regex("(?m)^```(kotlin|scala)$").findAll(page).count()
        assertThat(blocks).isEqualTo(shown.size)
    }

    @Test
    fun thePageHasTheVersionsOfTheBuild() {
        val page = Path.of("../docs/kotlin.md").readText()
        val properties = Path.of("../pom.xml").readText()
        val artifacts = mapOf(
            "kotlin.version" to "kotlin-maven-plugin",
            "scala.version" to "scala3-library_3",
            "scala-maven-plugin.version" to "scala-maven-plugin",
        )
        artifacts.forEach { (property, artifact) ->
            val version = properties.substringAfter("<$property>").substringBefore("</$property>")
            assertThat(page.substringAfter("<artifactId>$artifact</artifactId>").trim()).startsWith("<version>$version</version>")
        }
    }

    @Test
    fun theFirstProgramPrintsWhatThePageSays() {
        val page = Path.of("../docs/kotlin.md").readText()
        val said = page.substringAfter("prints\n\n```\n").substringBefore("```")
        assertThat(printedBy { samples.first.main() }).isEqualTo(said)
    }

    @Test
    fun coroutinesAndTasksAwaitEachOther() {
        runMain {
            assertThat(runBlocking { total(listOf(createTask { 1 }, createTask { 2 })) }).isEqualTo(3)
            assertThat(runBlocking { price(createTask { 4 }, 1.minutes) }).isEqualTo(4)
            assertThat(runBlocking { price(createTask { sleep(Duration.INFINITE); 5 }, 10.milliseconds) }).isNull()
            val client = object : SuspendingClient {
                override suspend fun lines() = flowOf("one", "two")
            }
            assertThat(firstLine(client)).isEqualTo("one")
        }
    }

    @Test
    fun contextCrosses() {
        val local = ThreadLocal<String?>()
        val propagator = ContextPropagator {
            val captured = local.get()
            ContextPropagator.Snapshot {
                local.set(captured)
                ContextPropagator.Restored { local.remove() }
            }
        }
        local.set("ann")
        val seen = mutableListOf<String?>()
        logFromElsewhere({ seen.add(local.get()) }, propagator)
        assertThat(seen).containsExactly("ann")
    }

    private fun logFromElsewhere(look: () -> Unit, propagator: ContextPropagator) {
        val log = object : Log {
            override fun info(line: String) = look()
        }
        logFromElsewhere(log, propagator)
    }

    private fun printedBy(program: () -> Unit): String {
        val before = System.out
        val bytes = ByteArrayOutputStream()
        try {
            System.setOut(PrintStream(bytes, true))
            program()
        } finally {
            System.setOut(before)
        }
        return bytes.toString().replace("\r\n", "\n")
    }

    private companion object {
        val snippets: Map<String, String> by lazy {
            listOf("src/test/kotlin/samples", "../scala/src/test/scala")
                .flatMap { folder -> Files.walk(Path.of(folder)).use { files -> files.filter { Files.isRegularFile(it) }.toList() } }
                .flatMap { regions(it.readText()) }
                .toMap()
        }

        fun regions(source: String): List<Pair<String, String>> =
            Regex("(?m)^ *// snippet: (\\S+)\n(.*?)^ *// end$", RegexOption.DOT_MATCHES_ALL)
                .findAll(source)
                .map { it.groupValues[1] to it.groupValues[2].trimIndent() + "\n" }
                .toList()
    }
}
