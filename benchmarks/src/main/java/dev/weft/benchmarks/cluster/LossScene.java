package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.nio.file.Path;
import java.util.ArrayDeque;

/** Members that are killed and frozen while they run a call, and callers that are killed. */
record LossScene(ClusterPeer peer) implements Scene {

    @Override
    public String name() {
        return "losses";
    }

    @Override
    public void play(Path folder, Extent extent, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        var losses = extent.losses();
        var workers = 2 * losses + 1; // the last one stays
        try (var fleet = Fleet.local(peer, folder, workers + 2 + losses)) {
            var members = new ArrayDeque<MemberProcess>();
            for (var i = 1; i <= workers; i++) {
                var member = fleet.start(Side.WORKER + i);
                member.await("open");
                members.add(member);
            }
            var caller = fleet.start("c1");
            var hasty = peer.isOurs() ? fleet.start(ClusterPeer.WEFT_AT_ONCE, "c2", java.util.List.of()) : caller;
            for (var number = 1; number <= losses; number++) {
                kill(number, members.remove(), new Callers(caller, hasty, members.size() + 1), samples);
            }
            for (var number = losses + 1; number <= 2 * losses; number++) {
                freeze(number, members.remove(), caller, members.size() + 1, samples);
            }
            if (peer.isOurs()) {
                for (var number = 1; number <= losses; number++) {
                    killCaller(fleet, number, workers, members.getFirst(), samples);
                }
            }
        }
    }

    /**
     * A caller that is sure that nothing runs any more when its calls end as lost, and one that does not wait for that.
     */
    private record Callers(MemberProcess strict, MemberProcess hasty, int workers) {}

    private void kill(int number, MemberProcess member, Callers callers, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        hold(callers.strict(), number, "s" + number, callers.workers());
        member.await("began s" + number);
        if (callers.hasty() != callers.strict()) {
            hold(callers.hasty(), number, "h" + number, callers.workers());
            member.await("began h" + number);
        }
        var killed = member.kill();
        lost(ClusterRow.KILL, peer, killed, callers.strict().await("s" + number + " "), samples);
        if (callers.hasty() != callers.strict()) {
            var said = callers.hasty().await("h" + number + " ");
            lost(ClusterRow.KILL, ClusterPeer.WEFT_AT_ONCE, killed, said, samples);
        }
    }

    private void freeze(int number, MemberProcess member, MemberProcess caller, int workers, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        hold(caller, number, "f" + number, workers);
        member.await("began f" + number);
        var frozen = member.freeze();
        lost(ClusterRow.FREEZE, peer, frozen, caller.await("f" + number + " "), samples);
        member.kill();
    }

    private void killCaller(Fleet fleet, int number, int worker, MemberProcess member, Samples samples)
            throws BenchmarkFailedException, InterruptedException {
        var caller = fleet.start("k" + number);
        hold(caller, worker, "k" + number, 1);
        member.await("began k" + number);
        var killed = caller.kill();
        samples.addMicros(
                ClusterRow.CALLER_KILLED, peer, member.await("ended k" + number).micros() - (double) killed);
    }

    /** Has a caller call a worker, as soon as it sees as many of them as there are. */
    static void hold(MemberProcess caller, int worker, String id, int workers)
            throws BenchmarkFailedException, InterruptedException {
        caller.tell("workers " + workers);
        caller.await("sees");
        caller.tell("hold " + Side.WORKER + worker + " " + id);
    }

    /** Notes when a call has ended, as it should. */
    static void lost(ClusterRow row, ClusterPeer peer, long since, Lines.Said said, Samples samples)
            throws BenchmarkFailedException {
        if (!said.text().contains(" lost ")) {
            throw new BenchmarkFailedException("a call on a lost member has ended so: " + said.text());
        }
        samples.addMicros(row, peer, said.micros() - (double) since);
    }
}
