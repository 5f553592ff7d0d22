package dev.weft.benchmarks;

/** Items of which 1,000 are mapped at the same time. */
public class MapConcurrentWide extends MapItems {

    private static final int LIMIT = 1_000;

    public MapConcurrentWide() {
        super(LIMIT);
    }
}
