package dev.weft.cli.check;

import dev.weft.cli.links.PageLinks;
import dev.weft.cli.model.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A URL that links lead to. Belongs to the task of the check; a task that fetches it reads what is wanted of it, and
 * leaves its page here.
 */
final class WebTarget {

    final URI uri;
    /** Where findings are still owed. */
    private final List<Use> uses = new ArrayList<>();

    private boolean isReadWanted;
    private volatile boolean isRead;
    private boolean isUnderWay;
    private boolean isFollowed;
    private boolean wasFollowed;
    private int depth = Integer.MAX_VALUE;
    private volatile @Nullable Page page;
    private @Nullable Outcome outcome;
    private @Nullable String note;

    WebTarget(URI uri) {
        this.uri = uri;
    }

    /**
     * A link to it.
     *
     * @param fragment the place in the page that it names, if that is looked for; null if not
     */
    record Use(Place place, String link, @Nullable String fragment) {}

    /**
     * The answer.
     *
     * @param uri where it was found in the end
     */
    record Page(URI uri, PageLinks links) {}

    void add(Use use) {
        uses.add(use);
        if (use.fragment() != null) {
            isReadWanted = true;
        }
    }

    /** Its links are looked at too; it is so many links away from a page that was given. */
    void follow(int newDepth) {
        depth = Math.min(depth, newDepth);
        isFollowed = true;
        isReadWanted = true;
    }

    boolean isFollowed() {
        return isFollowed;
    }

    /** How many links away from a page that was given. */
    int depth() {
        return depth;
    }

    /** The page whose links have to be looked at now, once; null if there is none. */
    @Nullable
    Page takeFollowed() {
        if (!isFollowed || wasFollowed || page == null || !(outcome instanceof Outcome.Ok)) {
            return null;
        }
        wasFollowed = true;
        return page;
    }

    /** It is asked for now. */
    void begin() {
        isUnderWay = true;
        isRead = isReadWanted;
    }

    /** Whether it is asked for, and has not ended. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** Whether it was asked for with its body. */
    boolean isRead() {
        return isRead;
    }

    /** Whether the body is wanted, and has not been asked for. */
    boolean isToBeRead() {
        return isReadWanted && !isRead;
    }

    void came(Page newPage) {
        page = newPage;
    }

    @Nullable
    Page page() {
        return page;
    }

    /** Whether it has to be asked for: nothing is known of it yet, or not enough. */
    boolean isOpen() {
        return outcome == null || (outcome instanceof Outcome.Ok && isToBeRead());
    }

    void end(Outcome newOutcome, @Nullable String newNote) {
        isUnderWay = false;
        outcome = newOutcome;
        note = newNote;
    }

    /** The places that links name in it. */
    Set<String> fragments() {
        return uses.stream().map(Use::fragment).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** The findings that are owed, when it has {@linkplain #end ended}. */
    List<Finding> takeFindings() {
        var findings = uses.stream().map(this::finding).toList();
        uses.clear();
        return findings;
    }

    /** Those of a run that ended before. */
    List<Finding> takeUnstarted() {
        var findings = uses.stream()
                .map(use -> Finding.unstarted(use.place(), use.link()))
                .toList();
        uses.clear();
        return findings;
    }

    private Finding finding(Use use) {
        var how = Objects.requireNonNull(outcome, "it has not ended");
        var there = page;
        var fragment = use.fragment();
        if (how instanceof Outcome.Ok
                && there != null
                && fragment != null
                && !OnDiskCheck.isIn(there.links(), fragment)) {
            return Finding.broken(
                    use.place(),
                    use.link(),
                    Finding.FRAGMENT,
                    OnDiskCheck.noSuchPlace(there.links().anchors(), fragment, uri.toString()));
        }
        return Finding.of(use.place(), use.link(), how, note);
    }
}
