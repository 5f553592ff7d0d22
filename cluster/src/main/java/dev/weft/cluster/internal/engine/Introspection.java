package dev.weft.cluster.internal.engine;

import dev.weft.Run;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.cluster.internal.wire.EntryBodies;
import dev.weft.cluster.internal.wire.Frame.Ask;
import dev.weft.cluster.internal.wire.Frame.Told;
import dev.weft.cluster.internal.wire.FrameBodies;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import dev.weft.sync.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks members what the handlers of this side's calls do, and tells callers the same. */
final class Introspection {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_FRAMES = 32;

    /** The room of a frame beside the entries. */
    private static final int ROOM = 4 * 1024;

    /** The length of an entry, and what says whose call it is: at most so many bytes. */
    private static final int PER_ENTRY = 8;

    private static final int PER_ROOT = 24;

    private final NodeState node;
    private final Sessions sessions;
    private final Run run;

    /** Guarded, as what is in it. */
    private final Map<Long, Question> open = new HashMap<>();

    private long lastId;

    Introspection(NodeState node, Sessions sessions, Run run) {
        this.node = node;
        this.sessions = sessions;
        this.run = run;
    }

    /** The question to one member. */
    static final class Question {
        final Session session;
        final String member;
        final Event answered = new Event("a dump");

        /** The calls that are open there, by what their callers wait for in dumps. */
        final Map<String, Long> calls = new HashMap<>();

        @Nullable
        Told answer;

        Question(Session session) {
            this.session = session;
            this.member = session.member.toString();
        }
    }

    // ---- the caller's side

    /** Blocks until all members have answered, or for two seconds. */
    TaskDump dump(int frames) throws InterruptedException {
        var asked = new LinkedHashMap<Long, Question>();
        node.guard.with(() -> {
            for (var session : sessions.usable()) {
                if (!session.open.isEmpty()) {
                    var question = new Question(session);
                    session.open.values().forEach(call -> question.calls.put(call.toString(), call.id));
                    asked.put(++lastId, question);
                    node.send(session, new Ask(lastId, Math.min(frames, MAX_FRAMES)));
                }
            }
            open.putAll(asked);
        });
        try {
            Weft.moveOnAfter(PATIENCE, () -> {
                for (var question : asked.values()) {
                    question.answered.await();
                }
            });
        } finally {
            node.guard.with(() -> open.keySet().removeAll(asked.keySet()));
        }
        return JoinedDump.of(Weft.dump(frames), asked.values());
    }

    /** With the lock held. */
    void told(Session session, Told told) {
        var question = open.get(told.id());
        if (question != null && question.session == session) {
            question.answer = told;
            node.guard.later(question.answered::set);
        }
    }

    // ---- the member's side

    /** With the lock held. One dump at a time for each caller. */
    void asked(Session session, Ask ask) {
        if (!node.settings.introspection()) {
            node.send(session, new Told(ask.id(), false, true, Map.of(), List.of()));
        } else if (!session.isTelling) {
            session.isTelling = true;
            var tasks = new HashMap<String, Long>();
            session.running.values().forEach(call -> tasks.put(call.name(), call.invoke.id()));
            node.guard.later(() -> start(session, ask, tasks));
        }
    }

    private void start(Session session, Ask ask, Map<String, Long> tasks) {
        try {
            var options = TaskOptions.named("dump for " + session.member.name()).context(TaskContext.empty());
            run.createTask(options, () -> tell(session, ask, tasks));
        } catch (IllegalStateException e) {
            // the run is over, and so is this member soon
        } catch (Throwable e) {
            node.guard.with(() -> {
                session.isTelling = false;
            });
            node.news.report("a dump for " + session.member, e);
        }
    }

    private void tell(Session session, Ask ask, Map<String, Long> tasks) {
        Told told;
        try {
            told = told(ask, tasks, Weft.dump(ask.frames()));
        } finally {
            node.guard.with(() -> {
                session.isTelling = false;
            });
        }
        var body = FrameBodies.write(told);
        node.guard.with(() -> {
            if (!session.isOver()) {
                node.send(session, told, body);
            }
        });
    }

    /** The tasks of the asker's calls, and all below them, as far as there is room. */
    private Told told(Ask ask, Map<String, Long> tasks, TaskDump dump) {
        var roots = new HashMap<Long, Long>();
        var entries = new LinkedHashMap<Long, Entry>();
        var left = node.settings.maxFrame() - ROOM;
        for (var entry : dump.entries()) {
            var call = entry.kind() == Entry.Kind.TASK ? tasks.get(entry.name()) : null;
            if (call == null && !entries.containsKey(entry.parent())) {
                continue;
            }
            left -= EntryBodies.write(entry).length + (call == null ? PER_ENTRY : PER_ENTRY + PER_ROOT);
            if (left < 0) {
                return new Told(ask.id(), true, false, roots, new ArrayList<>(entries.values()));
            }
            entries.put(entry.id(), entry);
            if (call != null) {
                roots.put(entry.id(), call);
            }
        }
        return new Told(ask.id(), true, true, roots, new ArrayList<>(entries.values()));
    }
}
