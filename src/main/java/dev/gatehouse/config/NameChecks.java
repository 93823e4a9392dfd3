package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Whether the backends' names have an address here and now (VAL-40). All names are asked at once and none is waited for
 * longer than the others, so that a dead name server costs one short wait. Confined to one load.
 */
final class NameChecks {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final int MOST_THREADS = 32;

    private final NameResolver resolver;
    private final AddressMap addresses;
    private final Problems problems;

    NameChecks(NameResolver resolver, AddressMap addresses, Problems problems) {
        this.resolver = resolver;
        this.addresses = addresses;
        this.problems = problems;
    }

    void check(List<PoolReader.Placed> members, List<BackendHttpSettings> settings) {
        Map<PoolReader.Placed, Set<String>> namesOf = new LinkedHashMap<>();
        members.forEach(member -> namesOf.put(member, dialled(member.address(), settings)));
        Set<String> names = new LinkedHashSet<>();
        namesOf.values().forEach(names::addAll);
        Set<String> unknown = unresolved(List.copyOf(names));
        namesOf.forEach((member, own) ->
                own.stream().filter(unknown::contains).findFirst().ifPresent(name -> warn(member, name)));
    }

    /** The names that are really asked for: the local file may say that a backend is elsewhere, or only on a port. */
    private Set<String> dialled(BackendAddress member, List<BackendHttpSettings> settings) {
        Set<String> names = new LinkedHashSet<>();
        for (BackendHttpSettings entry : settings) {
            int port = member.port() == null ? entry.port() : member.port();
            BackendAddress dialled = addresses.dial(member.host(), port);
            if (!dialled.isIpLiteral()) {
                names.add(dialled.host());
            }
        }
        return names;
    }

    private Set<String> unresolved(List<String> names) {
        Set<String> unresolved = new LinkedHashSet<>(names);
        if (names.isEmpty()) {
            return unresolved;
        }
        // A look-up cannot be interrupted: daemons, so that one that hangs keeps no process alive.
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(names.size(), MOST_THREADS), task -> {
            Thread thread = new Thread(task, "gatehouse-names");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Boolean>> answers = executor.invokeAll(
                    names.stream().map(this::lookUp).toList(), LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                if (isResolved(answers.get(i))) {
                    unresolved.remove(names.get(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Set.of(); // the load is being given up
        } finally {
            executor.shutdownNow();
        }
        return unresolved;
    }

    private Callable<Boolean> lookUp(String name) {
        return () -> resolver.resolves(name);
    }

    private static boolean isResolved(Future<Boolean> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException e) {
            return false; // no answer in time
        } catch (ExecutionException e) {
            throw new IllegalStateException("a name could not be looked up", e.getCause());
        }
    }

    private void warn(PoolReader.Placed member, String name) {
        problems.warn(
                "VAL-40",
                Kind.BINDING,
                member.place(),
                "the name " + Wording.quote(name) + " has no address that this machine finds.",
                "Correct the name, or say in the local file where the backend is: \"addresses\": { "
                        + Wording.quote(member.address().host()) + ": \"127.0.0.1:9001\" }.");
    }
}
