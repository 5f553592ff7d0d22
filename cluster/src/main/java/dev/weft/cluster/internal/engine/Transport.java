package dev.weft.cluster.internal.engine;

import dev.weft.cluster.internal.wire.Bundle;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * Carries frames between members, and knows which members there are. Frames from one member to another of the same
 * urgency arrive in the order of sending, none twice; frames are lost only where the member is.
 */
public interface Transport {

    /** This member. */
    PeerId self();

    /** Begins to deliver. Called once. */
    void start(Receiver receiver) throws Exception;

    /** The address and port that this member listens at, once it has started. */
    InetSocketAddress localAddress();

    /**
     * Puts a frame, in two parts, into the outbox of a member. Never blocks, calls nothing back, and may be called
     * under a lock. A frame to a member that is not there is dropped.
     *
     * @param urgent passes frames that are not, and no flow control holds it up
     */
    Ticket send(PeerId to, byte[] head, byte[] body, boolean urgent);

    /** Sends what is in the outboxes, at most for that long, and leaves the cluster. */
    void close(Duration flush);

    /** A frame that was given to the transport. */
    interface Ticket {

        /**
         * Takes the frame back, or sends an urgent frame after it that does not pass it. Never blocks.
         *
         * @return whether the frame was taken back, and nothing is sent
         */
        boolean withdrawOr(byte[] head, byte[] body);
    }

    /** Is told by the transport's own threads, by one at a time for each member. Returns soon. */
    interface Receiver {

        /** The members that this one sees, itself among them. */
        void view(Set<PeerId> members);

        /** A frame has come, or a {@link Bundle} of several. The array is the receiver's. */
        void message(PeerId from, byte[] message);

        /** A peer was refused before it could send a frame. */
        default void refused(String what) {}

        /** Something of the transport has failed that stops nothing. */
        default void failed(String what, Throwable thrown) {}
    }
}
