package dev.weft.benchmarks;

/** Items of which 64 are mapped at the same time. */
public class MapConcurrent extends MapItems {

    private static final int LIMIT = 64;

    public MapConcurrent() {
        super(LIMIT);
    }
}
