/**
 * The program that runs the workloads, and tells what it has found: {@link dev.weft.benchmarks.run.Workload} is the
 * table of what there is, {@link dev.weft.benchmarks.run.Session} measures it, {@link dev.weft.benchmarks.run.Report}
 * writes it down.
 */
package dev.weft.benchmarks.run;
