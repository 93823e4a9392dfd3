package dev.gatehouse.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses and members of the report (PRB-20). */
class MemberHealthTest {
    private static final BackendAddress SHOP = new BackendAddress("shop.example", null);

    @ParameterizedTest
    @CsvSource({
        "UNHEALTHY HEALTHY UNKNOWN, HEALTHY, 1",
        "DRAINING HEALTHY, HEALTHY, 1",
        "UNKNOWN UNHEALTHY, UNHEALTHY, 1",
        "DRAINING UNKNOWN, UNKNOWN, 1",
        "UNHEALTHY DRAINING UNHEALTHY, UNHEALTHY, 0",
        "DRAINING DRAINING, DRAINING, 0"
    })
    void bestAddressStandsForTheMember(String all, Health expected, int telling) {
        List<AddressHealth> addresses = Arrays.stream(all.split(" "))
                .map(health -> one(SHOP, Health.valueOf(health)))
                .toList();
        List<MemberHealth> members = MemberHealth.of(addresses);
        assertThat(members).hasSize(1);
        assertThat(members.get(0).health()).isEqualTo(expected);
        assertThat(members.get(0).telling()).isSameAs(addresses.get(telling));
    }

    @Test
    void membersKeepTheOrderOfTheirFirstAddresses() {
        BackendAddress other = new BackendAddress("other.example", null);
        List<MemberHealth> members = MemberHealth.of(Stream.of(SHOP, other, SHOP, other)
                .map(address -> one(address, Health.HEALTHY))
                .toList());
        assertThat(members).extracting(MemberHealth::address).containsExactly("shop.example", "other.example");
        assertThat(members).allSatisfy(member -> assertThat(member.addresses()).hasSize(2));
    }

    @Test
    void portThatIsTheSettingsOwnMakesNoSecondMember() {
        // A member without a port and one with that of the settings are two entries of the file all the same.
        List<MemberHealth> members = MemberHealth.of(
                List.of(one(SHOP, Health.HEALTHY), one(new BackendAddress("Shop.example", 81), Health.HEALTHY)));
        assertThat(members).extracting(MemberHealth::address).containsExactly("shop.example:80", "Shop.example:81");
    }

    private static AddressHealth one(BackendAddress address, Health health) {
        BackendHttpSettings settings = new BackendHttpSettings(
                "plain",
                80,
                Protocol.HTTP,
                Duration.ofSeconds(20),
                null,
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
        Target.Forward pair = new Target.Forward(new BackendAddressPool("pool", List.of(address)), settings);
        Upstream upstream = UpstreamPool.membersOf(pair, AddressMap.NONE).get(0);
        return new AddressHealth(upstream, health, Optional.empty(), Optional.empty());
    }
}
