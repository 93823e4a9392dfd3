package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.testkit.Corpus;
import dev.gatehouse.testkit.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code diff} is order-free where order decides nothing. */
class OrderTest {
    private static final int ROUNDS = 5;

    /** The order of the others means something: first match, preference, or REQ-11 for rules without priority. */
    private static final Set<String> SHUFFLED = Set.of(
            "frontendipconfigurations",
            "frontendports",
            "httplisteners",
            "sslcertificates",
            "trustedrootcertificates",
            "trustedclientcertificates",
            "authenticationcertificates",
            "sslprofiles",
            "disabledsslprotocols",
            "customerrorconfigurations",
            "loaddistributionpolicies",
            "loaddistributiontargets",
            "entrajwtvalidationconfigs",
            "audiences",
            "advancedroutingconditionsets",
            "advancedroutingmaps",
            "advancedroutingrules",
            "listeners",
            "backendsettingscollection",
            "routingrules",
            "backendaddresspools",
            "backendaddresses",
            "backendhttpsettingscollection",
            "probes",
            "urlpathmaps",
            "redirectconfigurations",
            "rewriterulesets",
            "hostnames",
            "statuscodes");

    static Stream<Node> gateways() throws IOException {
        Stream<Node> corpus =
                Corpus.loadable().stream().map(file -> Corpus.load(file).tree().orElseThrow());
        return Stream.concat(Stream.of(Corpus.loadText(Shop.TEXT).tree().orElseThrow()), corpus);
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void shufflingMakesNoDifference(Node gateway) {
        GatewayConfiguration before = Shop.load(JsonText.of(gateway));
        boolean hasPriorities =
                before.gateway().requestRoutingRules().stream().allMatch(rule -> rule.priority() != null);
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Node shuffled = shuffled("", gateway, hasPriorities, random);

            assertThat(GatewayDiff.between(before, Shop.load(JsonText.of(shuffled))))
                    .isEmpty();
        }
    }

    private static Node shuffled(String name, Node node, boolean hasPriorities, Random random) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, Member>> members =
                    new ArrayList<>(object.byFoldedName().entrySet());
            Collections.shuffle(members, random);
            Map<String, Member> all = new LinkedHashMap<>();
            members.forEach(entry -> all.put(
                    entry.getKey(),
                    new Member(
                            entry.getValue().name(),
                            entry.getValue().place(),
                            shuffled(entry.getKey(), entry.getValue().value(), hasPriorities, random))));
            return new ObjectNode(object.place(), all);
        }
        if (node instanceof ArrayNode array) {
            List<Node> elements = new ArrayList<>();
            array.elements().forEach(element -> elements.add(shuffled("", element, hasPriorities, random)));
            if (SHUFFLED.contains(name) || (name.equals("requestroutingrules") && hasPriorities)) {
                Collections.shuffle(elements, random);
            }
            return new ArrayNode(array.place(), elements);
        }
        return node;
    }
}
