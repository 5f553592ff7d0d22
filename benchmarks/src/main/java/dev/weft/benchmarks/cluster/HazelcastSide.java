package dev.weft.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A member of Hazelcast. Its tasks are serialized by number, without names of classes. */
final class HazelcastSide implements Side {

    /** The options that a JVM of Hazelcast's needs since Java 9, as its manual says. */
    static final List<String> JVM_OPTIONS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int FACTORY = 1;
    private static final String NAME = "name";
    private static final String EXECUTOR = "benchmarks";

    private final HazelcastInstance instance;
    private final IExecutorService executor;
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Member> workers = List.of();

    HazelcastSide(Seat seat) {
        instance = Hazelcast.newHazelcastInstance(config(seat));
        executor = instance.getExecutorService(EXECUTOR);
    }

    private static Config config(Seat seat) {
        var config = new Config()
                .setClusterName("benchmarks")
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
                .addExecutorConfig(new ExecutorConfig(EXECUTOR));
        config.getMemberAttributeConfig().setAttribute(NAME, seat.name());
        config.getSerializationConfig().addDataSerializableFactory(FACTORY, HazelcastSide::task);
        var network = config.getNetworkConfig().setPort(seat.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(seat.host());
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(seat.addresses());
        return config;
    }

    private static Task task(int kind) {
        return kind == Echo.KIND ? new Echo(new byte[0]) : new Hold("");
    }

    /** A call that a member runs for another. */
    private interface Task extends Callable<byte[]>, IdentifiedDataSerializable {
        @Override
        default int getFactoryId() {
            return FACTORY;
        }
    }

    /** Returns its bytes. */
    private static final class Echo implements Task {
        private static final int KIND = 0;
        private byte[] bytes;

        private Echo(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] call() {
            return bytes;
        }

        @Override
        public int getClassId() {
            return KIND;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeByteArray(bytes);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            bytes = in.readByteArray();
        }
    }

    /** Does not end. */
    private static final class Hold implements Task {
        private static final int KIND = 1;
        private String id;

        private Hold(String id) {
            this.id = id;
        }

        @Override
        public byte[] call() throws InterruptedException {
            Lines.say("began " + id);
            Thread.sleep(Long.MAX_VALUE);
            return new byte[0];
        }

        @Override
        public int getClassId() {
            return KIND;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeString(id);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            id = in.readString();
        }
    }

    @Override
    public int workers() {
        workers = instance.getCluster().getMembers().stream()
                .filter(member -> member.getAttribute(NAME).startsWith(WORKER))
                .toList();
        return workers.size();
    }

    @Override
    public byte[] echo(byte[] bytes) throws Exception {
        var all = workers;
        return result(
                executor.submitToMember(new Echo(bytes), all.get(Math.floorMod(next.getAndIncrement(), all.size()))));
    }

    private static byte[] result(Future<byte[]> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void hold(String worker, String id) throws Exception {
        var on = workers.stream()
                .filter(member -> member.getAttribute(NAME).equals(worker))
                .findFirst()
                .orElseThrow();
        result(executor.submitToMember(new Hold(id), on));
    }

    @Override
    public void close() {
        instance.shutdown();
    }
}
