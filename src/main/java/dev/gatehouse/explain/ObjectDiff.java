package dev.gatehouse.explain;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.SslCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Named objects come, gone and changed, one kind after the other. Confined to one comparison. */
final class ObjectDiff {
    private final Labels before;
    private final Labels after;
    private final List<Difference> found = new ArrayList<>();

    ObjectDiff(Labels.Pair labels) {
        this.before = labels.before();
        this.after = labels.after();
    }

    List<Difference> differences() {
        for (Class<?> kind : NamedObjects.all()) {
            before.objects().of(kind).values().forEach(this::compareOrMiss);
            after.objects().of(kind).values().stream()
                    .filter(record -> after.twin(record).isEmpty())
                    .forEach(record -> tell(record, null, "there"));
        }
        return found;
    }

    private void compareOrMiss(Record was) {
        Optional<String> twin = before.twin(was);
        if (twin.isEmpty()) {
            tell(was, "there", null);
            return;
        }
        Record is = after.objects().find(was.getClass(), twin.get()).orElseThrow();
        if (holdTheSame(was, is)) {
            return;
        }
        SortedMap<String, Fact> old = before.facts(was);
        SortedMap<String, Fact> now = after.facts(is);
        String name = after.of(is);
        if (was instanceof BackendAddressPool oldPool && is instanceof BackendAddressPool newPool) {
            old.remove("backend addresses");
            now.remove("backend addresses");
            compareMembers(name, members(oldPool), members(newPool));
        }
        if (was instanceof SslCertificate) {
            forgetUnlessBothHave("fingerprint", old, now);
            forgetUnlessBothHave("chain", old, now);
        }
        found.addAll(PropertyDiff.of(Words.kind(was.getClass()), name, old, now));
    }

    /** Opening a key takes a while, so the same text is not opened. */
    private boolean holdTheSame(Record was, Record is) {
        return was instanceof SslCertificate
                ? was.equals(is)
                : before.content(was).equals(after.content(is));
    }

    /** An export holds no keys (CFG-21): a key on one side alone says where the file is from, not what it is. */
    private static void forgetUnlessBothHave(
            String property, SortedMap<String, Fact> old, SortedMap<String, Fact> now) {
        if (!old.containsKey(property) || !now.containsKey(property)) {
            old.remove(property);
            now.remove(property);
        }
    }

    private void compareMembers(String pool, Map<String, String> old, Map<String, String> now) {
        old.forEach((key, member) -> {
            if (!now.containsKey(key)) {
                String text = "pool " + pool + ": member " + member + " is gone";
                found.add(new Difference("pool", pool + " member", member, null, text));
            }
        });
        now.forEach((key, member) -> {
            if (!old.containsKey(key)) {
                String text = "pool " + pool + ": member " + member + " is new";
                found.add(new Difference("pool", pool + " member", null, member, text));
            }
        });
    }

    /** Sorted; host names compare without case. */
    private static Map<String, String> members(BackendAddressPool pool) {
        Map<String, String> members = new TreeMap<>();
        for (BackendAddress member : pool.backendAddresses()) {
            members.put(member.toString().toLowerCase(Locale.ROOT), member.toString());
        }
        return members;
    }

    private void tell(Record record, @Nullable String was, @Nullable String is) {
        String name = Words.quoted(RecordParts.nameOf(record).orElseThrow());
        String kind = Words.kind(record.getClass());
        found.add(new Difference(kind, name, was, is, kind + " " + name + (is == null ? " is gone" : " is new")));
    }
}
