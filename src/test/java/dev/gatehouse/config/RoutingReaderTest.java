package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GlobalConfiguration;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.RewriteValue.Part;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.model.RewriteVariable.Source;
import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.RuleParts;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.model.UrlRewrite;
import dev.gatehouse.model.ValueMatcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the golden cases become: their expected files show only problems. */
class RoutingReaderTest {
    private static final Path CASES = Path.of("src/test/resources/dev/gatehouse/config/cases");

    @Test
    void rewriteIsTakenApart() throws IOException { // section 4.13, REQ-31
        RewriteRule rule = sets("rewrites").rewriteRuleSets().get(0).rules().get(0);

        assertThat(rule.ruleSequence()).isEqualTo(102);
        assertThat(rule.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.variable()).isEqualTo(RewriteVariable.server("uri_path"));
            assertThat(condition.ignoreCase()).isTrue();
        });
        assertThat(rule.requestHeaders().get(0).value().parts())
                .containsExactly(new Part.Value(RewriteVariable.server("add_x_forwarded_for_proxy")));
        assertThat(rule.requestHeaders().get(1).isDeletion()).isTrue();
        assertThat(rule.responseHeaders().get(0).value().parts()) // JSON in a header stays text
                .containsExactly(
                        new Part.Literal("{\"group\":\""),
                        new Part.Value(RewriteVariable.server("host")),
                        new Part.Literal("\"}"));
        assertThat(rule.responseHeaders().get(1).matcher()).isEqualTo(new ValueMatcher("^id=", false, false));
        assertThat(rule.responseHeaders().get(2).value().parts())
                .containsExactly(new Part.MatcherCapture(1), new Part.Literal("; "), new Part.MatcherCapture(0));
        UrlRewrite url = Objects.requireNonNull(rule.url());
        assertThat(Objects.requireNonNull(url.modifiedQueryString()).parts())
                .containsExactly(
                        new Part.Literal("c="),
                        new Part.Capture(0, 1),
                        new Part.Literal("&p="),
                        new Part.Capture(0, 2),
                        new Part.Literal("&k="),
                        new Part.Value(new RewriteVariable(Source.SERVER, "cookie_a_1")));
    }

    @Test
    void setsArePlacedWhereTheyApply() throws IOException { // REQ-28
        Gateway gateway = read("rewrites");

        UrlPathMap map =
                Objects.requireNonNull(gateway.requestRoutingRules().get(2).urlPathMap());
        assertThat(map.defaultRewriteRuleSet()).extracting(RewriteRuleSet::name).isEqualTo("againIf");
        assertThat(map.pathRules())
                .extracting(rule -> Optional.ofNullable(rule.rewriteRuleSet()).map(RewriteRuleSet::name))
                .containsExactly(Optional.of("again"), Optional.empty());
        assertThat(gateway.requestRoutingRules().get(1).rewriteRuleSet()).isNull(); // its map has its own
    }

    @Test
    void policyWithItsWeightsIsTheTarget() throws IOException { // section 4.16
        Gateway gateway = read("policies-and-tokens");

        LoadDistributionPolicy policy =
                gateway.ruleParts().loadDistributionPolicies().get(0);
        assertThat(policy.algorithm()).isEqualTo(Algorithm.LEAST_CONNECTIONS);
        assertThat(policy.targets())
                .extracting(target -> target.pool().name(), LoadDistributionPolicy.WeightedPool::weightPerServer)
                .containsExactly(tuple("blue", 90), tuple("green", 10));
        assertThat(gateway.requestRoutingRules())
                .extracting(RequestRoutingRule::target)
                .allSatisfy(target -> assertThat(target)
                        .isInstanceOfSatisfying(
                                Target.Distribute.class,
                                spread -> assertThat(spread.policy()).isEqualTo(policy)));
        assertThat(gateway.requestRoutingRules().get(0).entraJwtValidationConfig())
                .extracting(EntraJwtValidationConfig::tenantId)
                .isEqualTo("common");
    }

    @Test
    void advancedRulesStandInTheOrderOfTheirPriorities() throws IOException { // section 4.18
        AdvancedRoutingMap map =
                read("advanced-routing").ruleParts().advancedRoutingMaps().get(0);

        assertThat(map.rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.conditions().conditions())
                        .extracting(RoutingCondition::type)
                        .containsExactly(
                                RoutingCondition.Type.HEADER,
                                RoutingCondition.Type.PATH,
                                RoutingCondition.Type.CLIENT_IP,
                                RoutingCondition.Type.METHOD));
    }

    @Test
    void errorPagesAndSwitchesAreRead() throws IOException { // sections 4.14 and 4.15
        Gateway gateway = read("error-pages");

        assertThat(gateway.globalConfiguration()).isEqualTo(new GlobalConfiguration(false, true, true));
        assertThat(gateway.customErrorPages())
                .containsExactly(
                        new CustomErrorPage(502, new CustomErrorPage.Source.File(CASES.resolve("pages/sorry.html"))),
                        new CustomErrorPage(
                                403, new CustomErrorPage.Source.Web(URI.create("https://pages.example/403.htm?x=1"))),
                        new CustomErrorPage(404, new CustomErrorPage.Source.File(CASES.resolve("./pages/sorry.html"))));
        // The listener's own list counts, though none of its pages can be used (REQ-48).
        assertThat(gateway.httpListeners().get(0).customErrorPages())
                .hasSize(5)
                .extracting(CustomErrorPage::source)
                .containsOnly(new CustomErrorPage.Source.BuiltIn());
    }

    private static RuleParts sets(String name) throws IOException {
        return read(name).ruleParts();
    }

    private static Gateway read(String name) throws IOException {
        Problems problems = new Problems();
        ObjectNode root =
                (ObjectNode) TreeReader.read(name, Files.readAllBytes(CASES.resolve(name + ".json")), problems)
                        .orElseThrow()
                        .root();
        return new GatewayReader(
                        root,
                        new Related(Optional.empty()),
                        LocalFile.ABSENT,
                        CASES,
                        Surroundings.ofThisProcess(),
                        new TreeOrigins(),
                        problems)
                .read();
    }
}
