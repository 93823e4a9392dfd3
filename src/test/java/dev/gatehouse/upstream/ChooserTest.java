package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.Candidates.Share;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-34, REQ-36: whose turn it is. */
class ChooserTest {
    private final Upstream a = member("a");
    private final Upstream b = member("b");
    private final Upstream c = member("c");

    static Upstream member(String host) {
        return Upstream.of(pair(), new Place(new BackendAddress(host, null), 80, host, 80));
    }

    private static Target.Forward pair() {
        BackendHttpSettings settings = new BackendHttpSettings(
                "settings",
                80,
                Protocol.HTTP,
                Duration.ofSeconds(5),
                null,
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
        return new Target.Forward(new BackendAddressPool("pool", List.of()), settings);
    }

    @Test // REQ-34
    void membersTakeTurnsInFileOrder() {
        assertThat(turns(new Chooser(Algorithm.ROUND_ROBIN), Candidates.of(a, b, c), 7))
                .isEqualTo("abcabca");
    }

    @Test // REQ-34: the one behind the excluded member gets no double share
    void memberThatIsPassedOverLeavesTheOthersEven() {
        a.rest().begin();
        assertThat(count(new Chooser(Algorithm.ROUND_ROBIN), Candidates.of(a, b, c), 300))
                .isEqualTo(Map.of("b", 150, "c", 150));
    }

    @Test // REQ-34
    void nobodyIsChosenFromNobody() {
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(new Chooser(algorithm).choose(Candidates.of(), "192.0.2.1", List.of()))
                    .isEmpty();
            assertThat(new Chooser(algorithm).choose(Candidates.of(a), "192.0.2.1", List.of(a)))
                    .isEmpty();
        }
    }

    @Test // REQ-34: one counter for all requests, however many ask at once
    void turnsStayEvenUnderManyThreads() throws Exception {
        Chooser chooser = new Chooser(Algorithm.ROUND_ROBIN);
        Candidates all = Candidates.of(a, b, c);
        Map<Upstream, AtomicInteger> counts =
                Map.of(a, new AtomicInteger(), b, new AtomicInteger(), c, new AtomicInteger());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.execute(() -> {
                for (int i = 0; i < 3_000; i++) {
                    counts.get(chooser.choose(all, "", List.of()).orElseThrow()).incrementAndGet();
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(counts.values()).extracting(AtomicInteger::get).containsOnly(8_000);
    }

    @Test // REQ-45: passive health changes the order of tries, not who may be tried
    void memberThatRefusedComesLastButNotNever() {
        Chooser chooser = new Chooser(Algorithm.ROUND_ROBIN);
        a.rest().begin();
        assertThat(count(chooser, Candidates.of(a, b), 10)).isEqualTo(Map.of("b", 10));
        assertThat(chooser.choose(Candidates.of(a, b), "", List.of(b))).contains(a);
        assertThat(chooser.choose(Candidates.of(a), "", List.of())).contains(a);
        a.rest().end();
        assertThat(count(chooser, Candidates.of(a, b), 10)).isEqualTo(Map.of("a", 5, "b", 5));
    }

    @ParameterizedTest // REQ-36: smooth, as long as there is something to weave
    @CsvSource({
        "a, 1, b, 1, abab",
        "a, 3, b, 1, aabaaaba",
        "a, 5, b, 2, aabaabaaabaaba",
        "ab, 2, c, 1, abcababcababcab",
        "ab, 1, c, 1, abcabc",
        "ab, 50, c, 100, acbcacbc",
        "a, 100, '', 1, aaa",
    })
    void weightsAreWovenIntoEachOther(String first, int weight, String second, int other, String expected) {
        Candidates candidates =
                Candidates.of(List.of(new Share(members(first), weight), new Share(members(second), other)));
        String turns = turns(new Chooser(Algorithm.ROUND_ROBIN), candidates, expected.length());
        assertThat(sorted(turns)).isEqualTo(sorted(expected));
        assertThat(longestRun(turns)).isLessThanOrEqualTo(longestRun(expected));
    }

    @Test // REQ-36
    void weightsHoldExactlyOverARound() {
        Candidates candidates = Candidates.of(List.of(new Share(List.of(a, b), 7), new Share(List.of(c), 86)));
        assertThat(count(new Chooser(Algorithm.ROUND_ROBIN), candidates, 1_000))
                .isEqualTo(Map.of("a", 70, "b", 70, "c", 860));
    }

    @Test // REQ-34: a counter that overflows is still a counter
    void turnsGoOnWhereTheNumberOverflows() {
        Candidates candidates = Candidates.of(List.of(new Share(List.of(a, b), 1), new Share(List.of(c), 1)));
        for (int turn = Integer.MAX_VALUE - 5; turn != Integer.MIN_VALUE + 5; turn++) {
            assertThat(candidates.inTurn(turn)).isBetween(0, 2);
        }
    }

    @Test // REQ-36
    void leastConnectionsAreFewestInFlightByWeight() {
        Chooser chooser = new Chooser(Algorithm.LEAST_CONNECTIONS);
        Candidates candidates = Candidates.of(List.of(new Share(List.of(a), 4), new Share(List.of(b), 1)));
        busy(a, 3);
        busy(b, 1);
        assertThat(turns(chooser, candidates, 3)).isEqualTo("aaa"); // 3/4 < 1/1
        busy(a, 2);
        assertThat(turns(chooser, candidates, 3)).isEqualTo("bbb"); // 5/4 > 1/1
        b.ended();
        b.rest().begin();
        assertThat(turns(chooser, candidates, 3)).isEqualTo("aaa");
    }

    @Test // REQ-36: canary splitting works while nobody has anything to do
    void leastConnectionsKeepsTheWeightsAmongEquals() {
        Candidates candidates = Candidates.of(List.of(new Share(List.of(a), 9), new Share(List.of(b), 1)));
        assertThat(count(new Chooser(Algorithm.LEAST_CONNECTIONS), candidates, 100))
                .isEqualTo(Map.of("a", 90, "b", 10));
    }

    @Test // REQ-36
    void ipHashKeepsAClientWhereItIs() {
        Candidates candidates = Candidates.of(a, b, c);
        for (String client : clients(50)) {
            assertThat(turns(new Chooser(Algorithm.IP_HASH), candidates, client, 5))
                    .hasSize(5)
                    .matches("(.)\\1*");
        }
    }

    @Test // REQ-36: and so on every instance and after every restart
    void ipHashIsTheSameInEveryProcess() {
        Candidates candidates = Candidates.of(a, b, c);
        String homes = clients(20).stream()
                .map(client -> turns(new Chooser(Algorithm.IP_HASH), candidates, client, 1))
                .collect(Collectors.joining());
        assertThat(homes).isEqualTo("ccbcbbcaacccacbcccac");
    }

    @Test // REQ-36
    void lostMemberMovesOnlyItsOwnClients() {
        Candidates before = Candidates.of(a, b, c);
        Candidates after = Candidates.of(a, c);
        for (String client : clients(2_000)) {
            String home = turns(new Chooser(Algorithm.IP_HASH), before, client, 1);
            String next = turns(new Chooser(Algorithm.IP_HASH), after, client, 1);
            assertThat(next).isEqualTo(home.equals("b") ? next : home);
            assertThat(new Chooser(Algorithm.IP_HASH).choose(before, client, List.of(b)))
                    .map(member -> member.address().host())
                    .contains(next);
        }
    }

    @Test // REQ-36
    void ipHashFollowsTheWeights() {
        Candidates candidates = Candidates.of(List.of(new Share(List.of(a), 3), new Share(List.of(b), 1)));
        Map<String, Integer> homes = new HashMap<>();
        for (String client : clients(20_000)) {
            homes.merge(turns(new Chooser(Algorithm.IP_HASH), candidates, client, 1), 1, Integer::sum);
        }
        assertThat(homes.get("a")).isBetween(14_700, 15_300); // 15,000 and five standard deviations
    }

    private static List<String> clients(int count) {
        Random random = new Random(36);
        return IntStream.range(0, count)
                .mapToObj(i -> "10." + random.nextInt(256) + '.' + random.nextInt(256) + '.' + random.nextInt(256))
                .toList();
    }

    private static void busy(Upstream member, int more) {
        IntStream.range(0, more).forEach(i -> member.begun());
    }

    private List<Upstream> members(String hosts) {
        return hosts.chars()
                .mapToObj(host -> Map.of("a", a, "b", b, "c", c).get(Character.toString(host)))
                .toList();
    }

    private static String turns(Chooser chooser, Candidates candidates, int count) {
        return turns(chooser, candidates, "192.0.2.1", count);
    }

    private static String turns(Chooser chooser, Candidates candidates, String client, int count) {
        return Stream.generate(() -> chooser.choose(candidates, client, List.of()))
                .limit(count)
                .map(member -> member.orElseThrow().address().host())
                .collect(Collectors.joining());
    }

    private static Map<String, Integer> count(Chooser chooser, Candidates candidates, int count) {
        Map<String, Integer> counts = new HashMap<>();
        turns(chooser, candidates, count).chars().forEach(c -> counts.merge(Character.toString(c), 1, Integer::sum));
        return counts;
    }

    private static String sorted(String text) {
        char[] letters = text.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = i > 0 && text.charAt(i) == text.charAt(i - 1) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
