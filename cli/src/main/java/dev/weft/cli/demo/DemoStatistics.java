package dev.weft.cli.demo;

/**
 * The demo server's counts so far.
 *
 * @param connections that were opened
 * @param requests that were read
 * @param answered to the end, as the URL asked; those that the server itself broke off included
 * @param cut because the client went away before the end
 * @param mostAtOnce how many requests were under way at the same time, at most
 */
public record DemoStatistics(int connections, int requests, int answered, int cut, int mostAtOnce) {

    /** As in {@code 10 requests: 8 answered, 2 cut by the client, 10 at once}. */
    @Override
    public String toString() {
        var underWay = requests - answered - cut;
        return requests + (requests == 1 ? " request: " : " requests: ") + answered + " answered, " + cut
                + " cut by the client" + (underWay == 0 ? "" : ", " + underWay + " still under way") + ", "
                + mostAtOnce + " at once";
    }
}
