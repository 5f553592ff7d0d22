/**
 * The benchmarks of clusters. {@link dev.weft.benchmarks.cluster.ClusterCommand} starts processes that run
 * {@link dev.weft.benchmarks.cluster.MemberMain} with Weft or one of its peers, has their callers measure, kills some
 * of them, and writes down what came of it.
 */
package dev.weft.benchmarks.cluster;
