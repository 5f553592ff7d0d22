package dev.weft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A part of a program of {@code event-loop-order.txt}: a word, or a list of parts. */
record OrderText(String word, List<OrderText> parts) {

    static OrderText parse(String line) {
        var open = new ArrayDeque<List<OrderText>>();
        open.push(new ArrayList<>());
        var tokens = new StringTokenizer(line, " ()", true);
        while (tokens.hasMoreTokens()) {
            switch (tokens.nextToken()) {
                case " " -> {}
                case "(" -> open.push(new ArrayList<>());
                case ")" -> {
                    var list = new OrderText("", List.copyOf(open.pop()));
                    open.element().add(list);
                }
                case String word -> open.element().add(new OrderText(word, List.of()));
            }
        }
        return open.element().getFirst();
    }

    /** The first word of a list: a task's name, or an operation. */
    String name() {
        return word(0);
    }

    String word(int place) {
        return parts.get(place).word;
    }

    /** The limit or the length of a sleep. */
    int number() {
        return Integer.parseInt(word(1));
    }

    List<OrderText> from(int place) {
        return parts.subList(place, parts.size());
    }
}
