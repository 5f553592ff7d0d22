/** Calls of named handlers on other members of a cluster, as blocking calls with cancellation and deadlines. */
@SuppressWarnings("requires-automatic") // JGroups has no module descriptor
module dev.weft.cluster {
    requires transitive dev.weft;
    requires org.jgroups;
    requires static java.management;
    requires static jdk.jfr;
    requires static org.jspecify;
    requires static tools.jackson.databind;

    exports dev.weft.cluster;
}
