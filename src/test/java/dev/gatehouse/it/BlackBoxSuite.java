package dev.gatehouse.it;

/** Everything a gateway must do in every home. */
interface BlackBoxSuite
        extends RequestTargetSuite,
                RoutingSuite,
                HeaderSuite,
                BodySuite,
                FailureSuite,
                HealthSuite,
                WebSocketHandshakeSuite,
                WebSocketSessionSuite,
                WebSocketCloseSuite,
                TokenSuite {}
