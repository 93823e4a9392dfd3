package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.StatusRange;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.HealthRules;
import dev.gatehouse.upstream.UpstreamPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PRB-2 to PRB-9: what is asked, and what the answer is compared with. */
class ProbeRequestTest {
    private final TestPools pools = new TestPools();

    @ParameterizedTest
    @CsvSource({
        // custom?, probe host, pick, settings hostName, pick from address, sniName, member, Host, SNI
        "false,       , false,          , false,         , 10.0.0.5,   127.0.0.1,  ",
        "false,       , false, set.test , false,         , 10.0.0.5,   127.0.0.1,  set.test",
        "false,       , false,          , false,         , m.test,     127.0.0.1,  m.test",
        "false,       , false,          , false, sni.test, 10.0.0.5,   127.0.0.1,  sni.test",
        "true,  p.test, false, set.test , false,         , m.test,     p.test,     p.test",
        "true,  p.test, false,          , false, sni.test, m.test,     p.test,     p.test",
        "true,        , true,  set.test , false,         , m.test,     set.test,   set.test",
        "true,        , true,           , true,          , m.test,     m.test,     m.test",
        "true,        , true,           , true,          , 10.0.0.5,   10.0.0.5,   ",
        "true,        , true,           , true,          , fd00::5,    [fd00::5],  ",
        "true,        , true,           , false,         , m.test,     127.0.0.1,  m.test",
        "true,        , false, set.test , false,         , 10.0.0.5,   127.0.0.1,  set.test",
        "true, 10.1.1.1, false,         , false,         , 10.0.0.5,   10.1.1.1,   ",
    })
    void hostHeaderAndServerName(
            boolean isCustom,
            String probeHost,
            boolean pick,
            String hostName,
            boolean pickFromAddress,
            String sniName,
            String member,
            String hostHeader,
            String serverName)
            throws TlsConfigurationException {
        pools.protocol = Protocol.HTTPS;
        pools.host = new HostOverride(hostName, pickFromAddress);
        pools.tls = new BackendTlsRules(List.of(), true, true, sniName);
        pools.probe = isCustom
                ? new Probe(
                        "p",
                        Protocol.HTTPS,
                        probeHost,
                        "/health",
                        ProbeTiming.DEFAULT,
                        pick,
                        0,
                        null,
                        ProbeMatch.DEFAULT)
                : null;
        if (!HostText.isIpLiteral(member)) { // no name service is asked here
            pools.map = new AddressMap(List.of(new AddressMap.Entry(member, new BackendAddress("127.0.0.1", null))));
        }
        ProbeRequest request = only(pools.of(new BackendAddress(member, null)));
        assertThat(request.hostHeader()).isEqualTo(hostHeader);
        assertThat(request.serverName().orElse(null)).isEqualTo(serverName);
    }

    @ParameterizedTest
    @CsvSource({"m.test, m.test", "10.0.0.5, "})
    void v1AsksForTheMembersNameAlone(String member, String serverName) throws TlsConfigurationException { // PRB-6
        pools.rules = new HealthRules(false, true);
        pools.protocol = Protocol.HTTPS;
        pools.host = new HostOverride("set.test", false);
        pools.probe = TestPools.probe("p.test", "/", ProbeTiming.DEFAULT, ProbeMatch.DEFAULT);
        pools.map = new AddressMap(List.of(new AddressMap.Entry("m.test", new BackendAddress("127.0.0.1", null))));
        ProbeRequest request = only(pools.of(new BackendAddress(member, null)));
        assertThat(request.serverName().orElse(null)).isEqualTo(serverName);
        assertThat(request.hostHeader()).isEqualTo("p.test");
    }

    @Test
    void defaultProbeAsksForTheRootEvery30SecondsAndForgivesThreeTimes() throws TlsConfigurationException {
        ProbeRequest request = only(pools.of(new BackendAddress("10.0.0.5", null)));
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.timing()).isEqualTo(new ProbeTiming(Duration.ofSeconds(30), Duration.ofSeconds(30), 3));
        assertThat(request.match().statusCodes()).containsExactly(new StatusRange(200, 399));
        assertThat(request.tls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // member port, probe port, map to host, map to port, dialled
        ",     ,     ,          ,     10.0.0.5:80,    10.0.0.5:80",
        ",     8081, ,          ,     10.0.0.5:8081,  10.0.0.5:8081",
        "9000, ,     ,          ,     10.0.0.5:9000,  10.0.0.5:9000",
        "9000, 8081, ,          ,     10.0.0.5:8081,  10.0.0.5:8081",
        ",     ,     127.0.0.1, ,     127.0.0.1:80,   10.0.0.5:80 (dialled as 127.0.0.1:80)",
        ",     8081, 127.0.0.1, ,     127.0.0.1:8081, 10.0.0.5:8081 (dialled as 127.0.0.1:8081)",
        ",     8081, 127.0.0.1, 5555, 127.0.0.1:5555, 10.0.0.5:8081 (dialled as 127.0.0.1:5555)",
    })
    void portIsTheProbesUnlessTheAddressMapGivesOne(
            Integer memberPort, Integer probePort, String mapHost, Integer mapPort, String dialled, String address)
            throws TlsConfigurationException {
        pools.probe = new Probe(
                "p", Protocol.HTTP, "p.test", "/", ProbeTiming.DEFAULT, false, 0, probePort, ProbeMatch.DEFAULT);
        if (mapHost != null) {
            pools.map = new AddressMap(List.of(new AddressMap.Entry("10.0.0.5", new BackendAddress(mapHost, mapPort))));
        }
        ProbeRequest request = only(pools.of(new BackendAddress("10.0.0.5", memberPort)));
        assertThat(request.target().getAddress().getHostAddress() + ":"
                        + request.target().getPort())
                .isEqualTo(dialled);
        assertThat(request.address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "199, false",
        "200, true",
        "204, true",
        "302, true",
        "399, true",
        "400, false",
        "401, false",
        "503, false"
    })
    void defaultMatchTakes200To399(int status, boolean isHealthy) throws TlsConfigurationException {
        ProbeResult result = ProbeJudge.status(only(pools.of(new BackendAddress("10.0.0.5", null))), status);
        assertThat(result.cause()).isEqualTo(isHealthy ? ProbeCause.SUCCESS : ProbeCause.STATUS_MISMATCH);
    }

    @Test
    void textsAreThoseOperatorsKnow() throws TlsConfigurationException { // PRB-21
        pools.probe = TestPools.probe(
                "p.test",
                "/up",
                ProbeTiming.DEFAULT,
                new ProbeMatch(List.of(new StatusRange(200, 200), new StatusRange(301, 302)), ""));
        ProbeRequest request = only(pools.of(new BackendAddress("10.0.0.5", null)));
        assertThat(ProbeJudge.status(request, 301).text()).isEqualTo("Success. Received 301 status code");
        ProbeResult wrong = ProbeJudge.status(request, 503);
        assertThat(wrong.log()).isEqualTo("Received invalid status code: 503 in the backend server's HTTP response.");
        assertThat(wrong.detail()).isEqualTo("Expected 200, 301-302 from 10.0.0.5:80/up (Host p.test).");
        assertThat(wrong.cause().azureName()).isEqualTo("HttpStatusCodeMismatchWithStatusCode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status: UP!", "UP", "é UP"})
    void bodyThatContainsTheTextIsHealthy(String body) throws TlsConfigurationException {
        assertThat(judge("UP", body)).isEqualTo(ProbeCause.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({"UP, up", "U*, UP", "UP, ''", "a.c, abc"})
    void bodyIsComparedPlainlyAndWithCase(String wanted, String body) throws TlsConfigurationException {
        assertThat(judge(wanted, body)).isEqualTo(ProbeCause.BODY_MISMATCH);
    }

    private ProbeCause judge(String wanted, String body) throws TlsConfigurationException {
        pools.probe = TestPools.probe("p.test", "/", ProbeTiming.DEFAULT, new ProbeMatch(List.of(), wanted));
        ProbeRequest request = only(pools.of(new BackendAddress("10.0.0.5", null)));
        return ProbeJudge.body(request, 200, body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .cause();
    }

    private static ProbeRequest only(UpstreamPool pool) {
        return ProbeRequest.of(pool, pool.members().get(0));
    }
}
