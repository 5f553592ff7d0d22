package dev.weft.benchmarks.run;

import static dev.weft.benchmarks.run.Peer.JOX;
import static dev.weft.benchmarks.run.Peer.KOTLIN_DEFAULT;
import static dev.weft.benchmarks.run.Peer.WEFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.run.Results.Reason;
import dev.weft.benchmarks.run.Rule.Verdict;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final Workload.Case START = Samples.at("start-await");
    private static final Rule FASTEST = new Rule.Beside(List.of(JOX, KOTLIN_DEFAULT), 1);

    private static Verdict judge(Rule rule, Samples samples, Workload.Case... cases) {
        return rule.judge(samples.results(), WEFT, List.of(cases), Metric.TIME);
    }

    @Test
    void beside_comparesMediansWithTheFastest() {
        var samples = new Samples()
                .figures(START, WEFT, 90, 110, 1_000)
                .figures(START, JOX, 200)
                .figures(START, KOTLIN_DEFAULT, 100);
        assertThat(judge(FASTEST, samples, START)).isEqualTo(new Verdict("1.10 × kotlinx Default", Mark.NOT_MET));
    }

    @Test
    void beside_atTheLimit_isMet() {
        var samples =
                new Samples().figures(START, WEFT, 100).figures(START, JOX, 200).figures(START, KOTLIN_DEFAULT, 100);
        assertThat(judge(FASTEST, samples, START).mark()).isEqualTo(Mark.MET);
    }

    @Test
    void beside_aPeerIsMissing_saysSo() {
        var samples = new Samples()
                .figures(START, WEFT, 100)
                .figures(START, JOX, 200)
                .gap(START, KOTLIN_DEFAULT, Reason.FAILED, "no");
        assertThat(judge(FASTEST, samples, START).measured()).isEqualTo("0.50 × Jox (no figure of kotlinx Default)");
    }

    @Test
    void beside_allPeersOrWeftMissing_isNotMeasured() {
        assertThat(judge(FASTEST, new Samples().figures(START, WEFT, 100), START))
                .isEqualTo(Verdict.NONE);
        assertThat(judge(FASTEST, new Samples().figures(START, JOX, 100), START))
                .isEqualTo(Verdict.NONE);
    }

    @Test
    void beside_figuresOfAFailedRun_areNone() {
        var samples = new Samples()
                .figures(START, WEFT, 100)
                .gap(START, WEFT, Reason.FAILED, "in the second round")
                .figures(START, JOX, 200);
        assertThat(judge(FASTEST, samples, START)).isEqualTo(Verdict.NONE);
    }

    @Test
    void atMost_tellsThePeersFigureBesideIt() {
        var rule = new Rule.AtMost(200, "ns per task", KOTLIN_DEFAULT);
        var samples = new Samples().figures(START, WEFT, 201).figures(START, KOTLIN_DEFAULT, 386);
        assertThat(judge(rule, samples, START))
                .isEqualTo(new Verdict("201 ns per task; kotlinx Default 386", Mark.NOT_MET));
        assertThat(rule.limit()).isEqualTo("≤ 200 ns per task");
    }

    @Test
    void atMost_withoutAPeer_isNotMeasured() {
        var rule = new Rule.AtMost(200, "ns per task", KOTLIN_DEFAULT);
        assertThat(judge(rule, new Samples().figures(START, WEFT, 100), START)).isEqualTo(Verdict.NONE);
    }

    @Test
    void flat_growsOrFallsTooMuch_isNotMet() {
        assertThat(flat(100, 129, 71).mark()).isEqualTo(Mark.MET);
        assertThat(flat(100, 100, 131).mark()).isEqualTo(Mark.NOT_MET);
        assertThat(flat(100, 69, 100)).isEqualTo(new Verdict("0.69 × at 10,000, 1.00 × at 100,000", Mark.NOT_MET));
    }

    private static Verdict flat(double... figures) {
        var cases = LongStream.of(100, 10_000, 100_000)
                .mapToObj(size -> Samples.at("map-concurrent", size))
                .toArray(Workload.Case[]::new);
        var samples = new Samples();
        for (int i = 0; i < figures.length; i++) {
            samples.figures(cases[i], WEFT, figures[i]);
        }
        return judge(new Rule.Flat(0.3), samples, cases);
    }

    @Test
    void flat_aSizeIsMissing_isNotMeasured() {
        assertThat(flat(100, 100)).isEqualTo(Verdict.NONE);
    }

    @Test
    void growth_comparesTheLargestWithTheSmallest() {
        var small = Samples.at("gather", 10_000);
        var large = Samples.at("gather", 1_000_000);
        var samples = new Samples().figures(small, WEFT, 100).figures(large, WEFT, 201);
        assertThat(judge(new Rule.Growth(2), samples, small, large)).isEqualTo(new Verdict("2.01 ×", Mark.NOT_MET));
        assertThat(judge(new Rule.Growth(2.1), samples, small, large).mark()).isEqualTo(Mark.MET);
    }

    @Test
    void budget_isMeasuredAtCasesOfTheTable() {
        assertThat(Budget.ROWS)
                .hasSizeGreaterThan(25)
                .allSatisfy(row -> assertThat(row.cases())
                        .allSatisfy(at -> assertThat(at.workload().cases(false)).contains(at)));
    }

    @Test
    void budget_fanOut_isSetToThePercentile() {
        assertThat(Budget.ROWS)
                .extracting(Budget.Row::subject)
                .contains("fan-out, p99", "start-await", "gather 10,000 / 1,000,000", "memory 1,000,000");
    }
}
