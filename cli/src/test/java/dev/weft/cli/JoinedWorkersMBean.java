package dev.weft.cli;

/** What {@code weft ps --cluster} uses of a member. */
public interface JoinedWorkersMBean {

    int getOpen();

    String dump(int frames);
}
