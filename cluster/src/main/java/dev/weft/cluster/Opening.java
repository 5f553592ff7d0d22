package dev.weft.cluster;

import dev.weft.Registration;
import dev.weft.Run;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.Weft;
import dev.weft.cluster.internal.engine.News;
import dev.weft.cluster.internal.engine.Node;
import dev.weft.cluster.internal.engine.Served;
import dev.weft.cluster.internal.engine.Settings;
import dev.weft.cluster.internal.engine.Transport;
import java.util.List;

/** Makes a member of its parts: a run, a node, an MBean. */
final class Opening {

    private static final boolean HAS_JMX =
            ModuleLayer.boot().findModule("java.management").isPresent();

    private Opening() {}

    /** Opens workers on a transport that has not been started. A failure leaves nothing behind. */
    static Workers open(
            String cluster,
            Settings settings,
            Transport transport,
            List<Served> served,
            List<ClusterListener> listeners)
            throws Exception {
        StartedRun own = null;
        Run run;
        try {
            run = Weft.currentRun();
        } catch (IllegalStateException e) { // as in a thread of a server
            own = Runner.builder().start();
            run = own;
        }
        Registration bean = () -> {};
        try {
            var news = new News(listeners, run, settings.name());
            var node = new Node(settings, transport, run, news, served);
            if (HAS_JMX) {
                bean = RegisteredWorkers.register(cluster, settings.name(), node);
            }
            node.whenStopped(bean::remove);
            node.open();
            return new Workers(cluster, node, own, settings.maxFrame());
        } catch (Throwable e) {
            bean.remove();
            if (own != null) {
                own.close();
            }
            throw e;
        }
    }
}
