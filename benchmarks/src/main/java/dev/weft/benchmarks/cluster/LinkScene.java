package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.io.IOException;
import java.nio.file.Path;

/** A member whose link goes down and comes up again, while it runs a call. */
record LinkScene() implements Scene {

    @Override
    public String name() {
        return "link";
    }

    @Override
    public ClusterPeer peer() {
        return ClusterPeer.WEFT_TLS; // plain text is for the loopback alone
    }

    @Override
    public void play(Path folder, Extent extent, Samples samples)
            throws BenchmarkFailedException, IOException, InterruptedException {
        var hindrance = Network.hindrance();
        if (hindrance.isPresent()) {
            samples.gap(name(), peer(), false, hindrance.get());
            return;
        }
        try (var network = new Network(2);
                var fleet = new Fleet(peer(), folder, network.addresses())) {
            var member = fleet.start(peer(), "w1", Network.in(0));
            member.await("open");
            var caller = fleet.start(peer(), "c1", Network.in(1));
            LossScene.hold(caller, 1, "l0", 1);
            member.await("began l0");
            for (var number = 0; number < extent.losses(); number++) {
                cut(network, member, caller, number, samples);
            }
        }
    }

    private void cut(Network network, MemberProcess member, MemberProcess caller, int number, Samples samples)
            throws BenchmarkFailedException, IOException, InterruptedException {
        var down = Lines.micros();
        network.link(0, false);
        var interrupted = member.await("ended l" + number).micros();
        var said = caller.await("l" + number + " ");
        LossScene.lost(ClusterRow.LINK_DOWN, peer(), down, said, samples);
        samples.addMicros(ClusterRow.LINK_INTERRUPT, peer(), interrupted - (double) down);
        samples.addMicros(ClusterRow.LINK_LEAD, peer(), said.micros() - (double) interrupted);
        var next = "l" + (number + 1);
        caller.tell("hold w1 " + next); // waits for the member to be there again
        var up = Lines.micros();
        network.link(0, true);
        samples.addMicros(
                ClusterRow.LINK_UP, peer(), member.await("began " + next).micros() - (double) up);
    }
}
