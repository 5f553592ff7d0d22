package dev.weft.cluster;

import java.util.List;

/**
 * The numbers of some {@link Workers} for programs that look in from outside, by JMX. Its name is
 * {@code dev.weft:type=Workers,cluster="…",member="…"}, followed by {@code ,id=2} and so on where that is taken. It is
 * there from {@link WorkersBuilder#open()} to the end of {@link Workers#close()}.
 *
 * <p>The attributes are those of {@link Workers.Snapshot}. <b>Blocking:</b> never.
 *
 * @since 0.1.0
 */
public interface WorkersMXBean {

    /**
     * Returns calls that were made here.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getCalled();

    /**
     * Returns calls that returned a value.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getOk();

    /**
     * Returns calls that failed.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getFailed();

    /**
     * Returns calls that were cancelled.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getCancelled();

    /**
     * Returns calls that a deadline ended.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getExpired();

    /**
     * Returns calls that ended because the member was lost.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getLost();

    /**
     * Returns attempts that were sent.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getSent();

    /**
     * Returns attempts that were made because the one before was lost.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRetried();

    /**
     * Returns attempts that a member rejected.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRejected();

    /**
     * Returns calls of others that have begun here.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRan();

    /**
     * Returns frames of sessions that were over.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getDropped();

    /**
     * Returns frames that were none.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRefused();

    /**
     * Returns connections without the right certificate.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRefusedConnections();

    /**
     * Returns how often a member was suspected.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getSuspicions();

    /**
     * Returns bytes of frames for members.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getBytesOut();

    /**
     * Returns bytes of frames that came.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getBytesIn();

    /**
     * Returns calls that have not returned.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    int getCalling();

    /**
     * Returns calls that are with a member.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    int getOpen();

    /**
     * Returns calls that wait for a place.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    int getWaiting();

    /**
     * Returns calls that could be sent at once.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    int getCredits();

    /**
     * Returns calls of others that run here.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    int getRunning();

    /**
     * Returns attempts whose end has come.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    long getRoundTrips();

    /**
     * Returns milliseconds that half of the attempts did not exceed.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    double getRoundTripP50Millis();

    /**
     * Returns milliseconds that 99 of 100 attempts did not exceed.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    double getRoundTripP99Millis();

    /**
     * Returns milliseconds of the longest attempt.
     *
     * @return a number of this moment
     * @since 0.1.0
     */
    double getRoundTripMaxMillis();

    /**
     * Returns {@link Workers#dump} as JSON. <b>Blocking:</b> until the members have answered, for two seconds at most.
     *
     * @param frames how many of each stack
     * @return a dump, as {@link dev.weft.diagnostics.TaskDump#toJson}
     * @throws InterruptedException if the thread was interrupted
     * @since 0.1.0
     */
    String dump(int frames) throws InterruptedException;

    /**
     * Returns the members that can be called.
     *
     * @return names and identities
     * @since 0.1.0
     */
    List<String> getMembers();
}
