package dev.gatehouse.explain;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.SslCertificate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the named objects of one configuration are called when it is compared with another: by their name if both have
 * it, otherwise by that of the object that holds the same, so that a mere renaming makes no difference. Confined to one
 * comparison.
 */
final class Labels {
    /** Told by what is in it. */
    private static final Set<String> KEY = Set.of("name", "data", "password", "publicCertData");

    private final NamedObjects objects;
    private final boolean isNew;
    private final GatewayConfiguration configuration;
    private final IdentityHashMap<Record, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Record, SortedMap<String, Fact>> contents = new IdentityHashMap<>();
    private final Map<Class<?>, Map<SortedMap<String, Fact>, String>> renamed = new HashMap<>();
    private @Nullable Labels other;

    private Labels(GatewayConfiguration configuration, boolean isNew) {
        this.configuration = configuration;
        this.objects = new NamedObjects(configuration.gateway());
        this.isNew = isNew;
    }

    /** The labels of two configurations, which call the same thing the same. */
    record Pair(Labels before, Labels after) {
        static Pair of(GatewayConfiguration before, GatewayConfiguration after) {
            Pair pair = new Pair(new Labels(before, false), new Labels(after, true));
            pair.before.other = pair.after;
            pair.after.other = pair.before;
            return pair;
        }
    }

    NamedObjects objects() {
        return objects;
    }

    String of(Record record) {
        return record instanceof HttpListener listener
                ? Site.of(configuration, listener).stream().map(Site::text).collect(Collectors.joining(", "))
                : Words.quoted(nameOf(record));
    }

    /** The name common to both sides: the new one. */
    String nameOf(Record record) {
        @Nullable String known = names.get(record);
        if (known == null) {
            known = commonName(record);
            names.put(record, known);
        }
        return known;
    }

    private String commonName(Record record) {
        String own = RecordParts.nameOf(record).orElseThrow();
        boolean isRenamed =
                !other().hasName(record.getClass(), own) && twin(record).isPresent();
        if (isNew && isRenamed) {
            // Several objects may hold the same: all of them go by the first one's name, as on the other side.
            return renamed(record.getClass(), content(record)).orElse(own);
        }
        return isNew ? own : twin(record).orElse(own);
    }

    /** The name of what the other side has instead; empty if it has nothing of the kind. */
    Optional<String> twin(Record record) {
        Class<?> kind = record.getClass();
        String own = RecordParts.nameOf(record).orElseThrow();
        Optional<String> sameName = other().objects.find(kind, own).flatMap(RecordParts::nameOf);
        return sameName.isPresent() ? sameName : other().renamed(kind, content(record));
    }

    /** The facts of a named object but for its name. */
    SortedMap<String, Fact> facts(Record record) {
        return record instanceof SslCertificate certificate
                ? facts(certificate)
                : Facts.of(record, Set.of("name"), this::of);
    }

    private SortedMap<String, Fact> facts(SslCertificate certificate) {
        SortedMap<String, Fact> facts = Facts.of(certificate, KEY, this::of);
        facts.putAll(Fingerprints.ofKey(certificate));
        return facts;
    }

    /** What a named object holds, whatever its parts are called: equal of two that do the same. */
    SortedMap<String, Fact> content(Record record) {
        @Nullable SortedMap<String, Fact> known = contents.get(record);
        if (known == null) {
            known = record instanceof SslCertificate certificate
                    ? facts(certificate)
                    : Facts.nameless(record, Set.of("name"), this::of);
            contents.put(record, known);
        }
        return known;
    }

    private boolean hasName(Class<?> kind, String name) {
        return objects.find(kind, name).isPresent();
    }

    /** The first of the objects whose name the other side does not know, and which holds this. */
    private Optional<String> renamed(Class<?> kind, SortedMap<String, Fact> content) {
        // What holds nothing, such as a pool without members, is nothing but its name.
        return content.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(renamed(kind).get(content));
    }

    /** Asked once for every renamed object, so that looking through all of them each time would square the work. */
    private Map<SortedMap<String, Fact>, String> renamed(Class<?> kind) {
        @Nullable Map<SortedMap<String, Fact>, String> known = renamed.get(kind);
        if (known == null) {
            known = new HashMap<>();
            for (Record record : objects.of(kind).values()) {
                String name = RecordParts.nameOf(record).orElseThrow();
                if (!other().hasName(kind, name)) {
                    known.putIfAbsent(content(record), name);
                }
            }
            renamed.put(kind, known);
        }
        return known;
    }

    private Labels other() {
        return Objects.requireNonNull(other);
    }
}
