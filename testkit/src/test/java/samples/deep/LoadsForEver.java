package samples.deep;

import samples.other.Loading;

/** Calls a library that loads classes in an endless loop. */
public final class LoadsForEver implements Runnable {

    /** Made by the simulation. */
    public LoadsForEver() {}

    @Override
    public void run() {
        Loading.untilInterrupted();
    }
}
