/**
 * Conditions under which every agreement stands. They are `forbid` policies, so no policy of an agreement can undo
 * them: in Cedar a forbid wins over any permit.
 */
const RULE = '@citation("Rule of every agreement, docs/agreements.md")'

export const EVERY_AGREEMENT: readonly string[] = [
  `@id("enacted-authority")
@kind("order")
@fact("authority_enacted")
@next("counsel")
@says("Real money moves only under an enacted law that is in effect, with its citation and an opinion of counsel on record. Without it, this is a simulation.")
@says_es("El dinero real solo se mueve bajo una ley promulgada y vigente, con su cita y un dictamen jurídico registrados. Sin ella, esto es una simulación.")
@paraphrase("No law that holds back withheld federal tax was found in force.")
${RULE}
forbid (principal, action, resource)
unless { context.book_kind == "simulation" || context.authority_enacted };`,
  `@id("not-closed")
@kind("order")
@fact("state")
@next("counsel")
@says("Nothing moves after the agreement is closed.")
@says_es("Nada se mueve después de cerrado el acuerdo.")
@paraphrase("A closed agreement has paid out everything that it held.")
${RULE}
forbid (principal, action, resource)
unless { context.state != "closed" };`,
  `@id("not-frozen")
@kind("order")
@fact("orders")
@next("counsel")
@says("No court order on record freezes the money where it is.")
@says_es("Ninguna orden judicial registrada inmoviliza el dinero donde está.")
@paraphrase("While a court freezes the fund, nothing goes in or out without its leave.")
${RULE}
forbid (principal, action, resource)
unless { !context.orders.frozen };`,
  `@id("amount")
@kind("limit")
@fact("amount_cents")
@next("preparer")
@says("The amount is more than nothing.")
@says_es("El importe es mayor que cero.")
@paraphrase("There is no transfer of nothing, and none of less than nothing.")
${RULE}
forbid (principal, action in [Action::"hold", Action::"release-to-treasury", Action::"return-to-depositor", Action::"pay-member"], resource)
unless { context.amount_cents > 0 };`,
  `@id("in-force")
@kind("order")
@fact("state")
@next("counsel")
@says("New money is held only while the agreement is in force.")
@says_es("Solo se retiene dinero nuevo mientras el acuerdo está en vigor.")
@paraphrase("A suspended, ending or closed agreement takes in nothing; the deposit goes to the Treasury when it is due.")
${RULE}
forbid (principal, action == Action::"hold", resource)
unless { context.state == "in-force" };`,
  `@id("no-stay")
@kind("order")
@fact("orders")
@next("counsel")
@says("No court order on record stays or strikes down the holding.")
@says_es("Ninguna orden judicial registrada suspende o anula la retención.")
@paraphrase("Federal law prevails over conflicting state law, and a court's stay binds from its day.")
@citation("U.S. Constitution, art. VI, cl. 2")
@source("https://constitution.congress.gov/browse/article-6/clause-2/")
forbid (principal, action == Action::"hold", resource)
unless { !context.orders.stayed && !context.orders.struck };`,
  `@id("member")
@kind("ground")
@fact("is_member")
@next("preparer")
@says("The depositor belongs to a member that has not left.")
@says_es("El depositante pertenece a un miembro que no se ha retirado.")
@paraphrase("An agreement binds and covers its members only, and a member only until it leaves.")
${RULE}
forbid (principal, action == Action::"hold", resource)
unless { context.is_member };`,
  `@id("depositor-class")
@kind("limit")
@fact("class_agreed")
@next("preparer")
@says("The depositor is of a class that the agreement names.")
@says_es("El depositante es de una clase que el acuerdo nombra.")
@paraphrase("Money of anyone else is not taken in.")
${RULE}
forbid (principal, action == Action::"hold", resource)
unless { context.class_agreed };`,
  `@id("balance")
@kind("limit")
@fact("member_held_cents")
@next("preparer")
@says("The member has at least this much in trust that is not already on its way out.")
@says_es("El miembro tiene al menos este importe en custodia que no esté ya en camino de salir.")
@paraphrase("Principal of one member never pays for another.")
${RULE}
forbid (principal, action in [Action::"release-to-treasury", Action::"return-to-depositor"], resource)
unless { context.amount_cents <= context.member_held_cents };`,
  `@id("earnings")
@kind("limit")
@fact("earnings_cents")
@next("preparer")
@says("A member is paid out of its earnings, never out of tax that is held.")
@says_es("Al miembro se le paga de sus rendimientos, nunca de impuesto retenido.")
@quote("the amount of tax so collected or withheld shall be held to be a special fund in trust for the United States")
@citation("26 U.S.C. § 7501(a)")
@source("https://www.law.cornell.edu/uscode/text/26/7501")
forbid (principal, action == Action::"pay-member", resource)
unless { context.amount_cents <= context.earnings_cents };`,
  `@id("nothing-left")
@kind("limit")
@fact("held_cents")
@next("preparer")
@says("All held money has gone where the law orders before the agreement is wound up.")
@says_es("Todo el dinero retenido fue adonde la ley ordena antes de liquidar el acuerdo.")
@paraphrase("Winding up closes empty books; it moves no money.")
${RULE}
forbid (principal, action == Action::"wind-up", resource)
unless { context.held_cents == 0 && context.awaiting_cents == 0 && context.earnings_cents == 0 };`,
  `@id("ending")
@kind("order")
@fact("state")
@next("counsel")
@says("The agreement is winding up: struck down by a court, left by every member, or ended by decision on record.")
@says_es("El acuerdo está en liquidación: anulado por un tribunal, abandonado por todos sus miembros o terminado por decisión registrada.")
@paraphrase("An agreement that still stands is not wound up.")
${RULE}
forbid (principal, action == Action::"wind-up", resource)
unless { context.state == "winding-up" };`,
  `@id("two-people")
@kind("signature")
@fact("signed")
@next("approver")
@says("Two people have signed this item, exactly as it stands.")
@says_es("Dos personas firmaron este trámite, exactamente como está.")
@paraphrase("No one person can move money.")
${RULE}
forbid (principal, action in [Action::"release-to-treasury", Action::"return-to-depositor", Action::"pay-member", Action::"wind-up"], resource)
unless { context.signed.people >= 2 };`,
  `@id("not-the-preparer")
@kind("signature")
@fact("signed")
@next("approver")
@says("Whoever prepared the item has not signed it.")
@says_es("Quien preparó el trámite no lo firmó.")
@paraphrase("Nobody approves their own work.")
${RULE}
forbid (principal, action in [Action::"release-to-treasury", Action::"return-to-depositor", Action::"pay-member", Action::"wind-up"], resource)
unless { !context.signed.by_preparer };`,
  `@id("same-content")
@kind("signature")
@fact("signed")
@next("approver")
@says("No signature on the item was given for other content.")
@says_es("Ninguna firma del trámite se dio para otro contenido.")
@paraphrase("A signature binds the hash of what was signed, and is worth nothing on anything else.")
${RULE}
forbid (principal, action in [Action::"release-to-treasury", Action::"return-to-depositor", Action::"pay-member", Action::"wind-up"], resource)
unless { context.signed.other_content == 0 };`,
]
