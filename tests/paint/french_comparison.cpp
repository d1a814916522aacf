#include "paint/documents.h"

namespace sipdex::test {

using namespace document;

namespace {

Text t(std::string_view words) { return marked_up(words); }

std::vector<Text> heads() { return {wire("300 Multiple Choices"), wire("607 Unwanted")}; }

Section glance() {
    FactTable table{heads(), {}};
    table.rows.push_back(
        {t("Émis par"),
         {t("Un serveur de redirection, ou un poste ou un IPBX qui répond à sa place. Un proxy peut aussi en renvoyer "
            "une, avec les emplacements qu’il n’a pas essayés lui-même."),
          t("Le téléphone ou l’application de l’appelé, quand celui-ci marque l’appel ou quand la liste de blocage de "
            "l’appareil contient le numéro. Les proxys traversés ne font que relayer la réponse.")},
         false});
    table.rows.push_back({t("Réessayer ?"), {t("Oui, vers une autre adresse"), t("Non")}, false});
    table.rows.push_back({t("À dire au client"),
                          {t("Cette personne est joignable à plusieurs endroits, et votre installation téléphonique "
                             "doit en choisir un avant que l’appel puisse se poursuivre."),
                           t("La personne que vous appelez a demandé à ne plus recevoir d’appels de votre numéro ; "
                             "rappeler n’y changera rien, essayez de la joindre autrement.")},
                          false});
    return {"at-a-glance", "L’essentiel", {table}, true, false};
}

Section meaning() {
    Columns columns{heads(), false, {}};
    columns.rows.push_back(
        {{{},
          t("Le serveur connaît plus d’un emplacement pour la même personne ou le même service, et il ne peut pas ou "
            "préfère ne pas les essayer lui-même (RFC 3261 §21.3.1). Il rend la liste et sort de l’appel ; une "
            "nouvelle requête doit venir du côté appelant.")},
         {{},
          t("La personne appelée ne veut pas d’appels de ce numéro : ni à un moment différent, ni par un autre chemin. "
            "Son téléphone le signale par un 607, soit parce qu’elle a appuyé sur une touche du type « indésirable », "
            "soit parce qu’une règle du téléphone l’a fait pour elle. C’est l’identité de l’appelant qui est refusée, "
            "alors que [603] décline un appel précis, souvent pour une raison passagère (RFC 8197 §3).")}});
    columns.rows.push_back(
        {{{},
          t("Les emplacements *devraient* figurer dans `Contact`, et leurs valeurs `q` donnent en général l’ordre, la "
            "plus élevée d’abord. L’équipement *peut* les essayer de lui-même ou *peut* interroger son utilisateur, "
            "mais la RFC ne fixe aucune méthode de choix automatique. En pratique, les postes et les IPBX affichent "
            "rarement un menu : ils essaient la première entrée, les parcourent toutes ou abandonnent.")},
         {{},
          t("Le 607 est l’avis d’une personne ; il ne rend pas compte d’une décision du réseau. Ce que bloque "
            "l’analyse d’appels d’un opérateur reçoit un [608] ou, aux États-Unis, un 603 portant le libellé `Network "
            "Blocked`. L’opérateur de l’appelé *peut* exploiter le 607 : liste de blocage personnelle, vote qui pèse "
            "sur la réputation du numéro, base de plaintes (RFC 8197 §4). Rien ne l’y oblige.")}});
    columns.rows.push_back({{{},
                             t("Tous les choix mènent à la même personne ou au même service ; lorsqu’il peut s’agir de "
                               "personnes différentes, la réponse est [485].")},
                            {{},
                             t("La réponse n’indique ni contact ni meilleur moment pour appeler. La signalisation "
                               "n’offre aucun moyen de lever ce marquage ; seule la personne appelée peut le faire, en "
                               "dehors de l’appel (RFC 8197 §4, RFC 8197 §6).")}});
    return {"meaning", "Ce que cela veut dire", {columns}, false, false};
}

Section causes() {
    Columns columns{heads(), false, {}};
    columns.rows.push_back(
        {{plain("Chez l’appelant"),
          t("L’appelé est enregistré à plusieurs endroits, par exemple bureau, mobile et domicile, et le serveur "
            "redirige au lieu de procéder à une bifurcation (forking) de l’appel.")},
         {plain("Chez l’appelé"),
          t("L’appelé a vu le numéro et appuyé sur « indésirable » ou « signaler comme spam » au lieu de répondre.")}});
    columns.rows.push_back(
        {{plain("Chez l’appelé"),
          t("Un serveur de routage (moindre coût, portabilité) répond à chaque `INVITE` par une liste de passerelles "
            "dans `Contact`, et le SBC qui l’a interrogé est censé les essayer dans l’ordre.")},
         {plain("Réseau"), t("Le numéro figure dans une liste de blocage du téléphone ou de l’application de l’appelé, "
                             "inscrit après un appel précédent ; l’appareil refuse sans sonner.")}});
    columns.rows.push_back(
        {{plain("Réseau"), t("L’IPBX ou le poste de l’appelant ne suit pas les redirections, ou attend un choix qu’il "
                             "ne présente jamais à personne.")},
         {plain("Politique"),
          t("L’appelé n’a pas reconnu un appelant légitime (une pharmacie, une école) ou s’est trompé de touche.")}});
    columns.rows.push_back(
        {{plain("Politique"), t("La liste contient des adresses que le côté appelant ne peut pas appeler : adresses IP "
                                "privées, domaine inconnu, `mailto:` ou `tel:` sans route.")},
         {plain("Personne"), t("Quelqu’un d’autre a affiché le numéro de votre client lors d’appels abusifs, et les "
                               "personnes appelées l’ont marqué.")}});
    columns.rows.push_back(
        {{plain("Personne"), t("Le côté appelant a essayé toutes les entrées, chacune a été refusée ou est restée sans "
                               "réponse, et l’appel a échoué avec la dernière.")},
         {plain("Opérateur"),
          t("Le numéro vient d’être attribué à votre client, et il a été marqué du temps de son ancien titulaire.")}});
    columns.rows.push_back(
        {{},
         {plain("Chez l’appelant"), t("La personne a décroché, écouté, puis marqué l’appel : il n’y a pas de réponse "
                                      "607, le code figure dans l’en-tête `Reason: SIP ;cause=607` de son `BYE`.")}});
    return {"causes", "Causes typiques", {columns}, false, false};
}

Section steps() {
    Columns columns{heads(), true, {}};
    columns.rows.push_back(
        {{plain("Support"), t("Demandez si le poste propose un choix à l’écran ; si oui, faites choisir à l’appelant "
                              "l’endroit le plus probable et voyez si cela sonne.")},
         {plain("Support"),
          t("Relevez le numéro présenté à l’appelé (`From`, ainsi que `P-Asserted-Identity` s’il est présent) et "
            "demandez au client si c’est bien celui qu’il voulait afficher : le marquage s’attache à ce numéro.")}});
    columns.rows.push_back(
        {{plain("Support"), t("Notez chaque entrée `Contact` du [300] avec sa valeur `q` : la liste est tout le "
                              "contenu de cette réponse, et une liste vide ne peut pas être suivie.")},
         {plain("Support"), t("Comptez combien de numéros appelés différents ont répondu 607 ces derniers jours : un "
                              "seul traduit la décision d’une personne, plusieurs sans lien entre eux traduisent un "
                              "problème de réputation du numéro.")}});
    columns.rows.push_back(
        {{plain("Support"),
          t("Cherchez après l’`ACK` un nouvel `INVITE` vers chaque entrée : aucun signifie que personne ne suit les "
            "redirections ; s’il y en a qui ont échoué, poursuivez avec le code du dernier.")},
         {plain("Administrateur de l’appelant"),
          t("Retirez le numéro appelé de la recomposition automatique et de la campagne, et n’essayez ni par un autre "
            "faisceau ni avec un autre numéro appelant : la tentative suivante sera probablement refusée aussi, et les "
            "refus peuvent vous être comptés.")}});
    columns.rows.push_back({{plain("Administrateur de l’appelant"),
                             t("Si aucun nouvel `INVITE` ne part, activez le suivi des réponses 3xx sur l’IPBX ou le "
                               "SBC, ou faites essayer les entrées par votre propre proxy, ce qu’il *peut* faire s’il "
                               "est responsable de la `Request-URI`.")},
                            {plain("Administrateur de l’appelé"),
                             t("Si la personne est une cliente ou une connaissance qui a besoin de l’appel, invitez "
                               "votre client à lui écrire pour qu’elle retire le numéro de la liste de blocage de son "
                               "téléphone et de celle de son opérateur.")}});
    columns.rows.push_back(
        {{plain("Administrateur de l’appelé"),
          t("Supprimez du serveur qui redirige les emplacements périmés, donnez aux autres des valeurs `q` et "
            "saisissez des adresses joignables de l’extérieur.")},
         {plain("Ingénieur"),
          t("Avec l’accord de l’utilisateur, retirez le numéro appelant de la liste de blocage de l’appareil ou de "
            "l’application et de la liste personnelle chez l’opérateur, puis faites faire un seul essai.")}});
    columns.rows.push_back(
        {{},
         {plain("Support"),
          t("Quand des personnes sans lien répondent 607, cherchez des appels présentant ce numéro sans être partis du "
            "faisceau du client, et vérifiez que les appels du client sortent avec un en-tête `Identity` valide.")}});
    return {"steps", "Que faire", {columns}, false, false};
}

Section differences() {
    FactTable table{heads(), {}};
    table.rows.push_back(
        {t("Qui a la main"),
         {t("L’appelant : lui-même ou son appareil choisit une adresse dans `Contact`, et un nouvel `INVITE` part vers "
            "elle."),
          t("Personne, côté signalisation. Seul l’appelé peut lever le marquage, en dehors de l’appel.")},
         true});
    table.rows.push_back(
        {t("Qui parle"),
         {t("Un serveur qui connaît plusieurs endroits où joindre l’utilisateur, en général un serveur de redirection. "
            "En règle générale, la personne n’a pas été consultée et son téléphone n’a pas sonné."),
          t("La personne appelée, qui a marqué l’appel, ou son propre téléphone d’après sa liste de blocage. Ni le "
            "réseau, ni un filtre antispam ; ce serait alors un [608].")},
         true});
    table.rows.push_back(
        {t("De quoi il s’agit"),
         {t("De lieux : où la personne peut être jointe. Rien n’y est reproché à l’appelant."),
          t("De l’identité de l’appelant : qui appelle. Rien n’y est dit du lieu où se trouve la personne.")},
         true});
    table.rows.push_back({t("Ce que contient la réponse"),
                          {t("Les choix possibles : ils *devraient* figurer dans `Contact` et *peuvent* aussi se "
                             "trouver dans un corps. Aucune norme ne dit lequel un appareil retient de lui-même."),
                           t("Rien qui permette de poursuivre : ni autre adresse, ni meilleur moment, ni interlocuteur "
                             "pour un recours.")},
                          true});
    table.rows.push_back(
        {t("Ce que fait un proxy qui bifurque l’appel"),
         {t("S’il est responsable de l’adresse appelée, il peut essayer lui-même les adresses. Sinon, il garde le 300 "
            "jusqu’à la fin de toutes les branches, puis *devrait* le préférer à tout 4xx ou 5xx."),
          t("Il *devrait* annuler les autres branches, *ne doit pas* en ouvrir de nouvelles, et relaie le 607 une fois "
            "qu’elles sont terminées. Seul un 2xx passe avant.")},
         true});
    table.rows.push_back(
        {t("Nouvel essai"),
         {t("C’est le but : à une autre adresse, et chaque adresse une seule fois. L’appel peut encore aboutir."),
          t("Inutile : les appels suivants seront probablement refusés aussi, et ni un autre chemin ni une autre heure "
            "ne changent la raison du refus.")},
         true});
    return {"differences", "Différences essentielles", {table}, false, false};
}

Section facts() {
    FactTable table{heads(), {}};
    const auto row = [&](std::string_view label, std::string_view one, std::string_view other) {
        table.rows.push_back({t(label), {t(one), t(other)}, one != other});
    };
    row("Classe", "3xx redirection", "6xx échec global");
    row("Défini dans", "RFC 3261 §21.3.1", "RFC 8197 §4");
    row("Émis par", "un serveur de redirection, l’agent utilisateur appelé (UAS), un proxy qui répond comme un UAS",
        "la personne appelée, au moyen de son agent utilisateur, l’agent utilisateur appelé (UAS)");
    row("Répond à", "toute méthode sauf `ACK`, `CANCEL` (RFC 3261 §8.3; RFC 3261 §8.1.3.4)",
        "`INVITE`, `MESSAGE`, `SUBSCRIBE` (RFC 8197 §4)");
    row("Réessayer ?", "Oui, vers une autre adresse (RFC 3261 §21.3.1; RFC 3261 §8.1.3.4)", "Non (RFC 8197 §1)");
    row("Un proxy qui duplique l’appel l’appel l’appel l’appel",
        "La retient, peut essayer lui-même les contacts, et la transmet si c’est la meilleure réponse (RFC 3261 §16.7; "
        "RFC 3261 §16.5)",
        "Annule toutes les autres branches, puis la transmet (RFC 3261 §16.7)");
    row("Dialogue", "Mal définie à l’intérieur d’un dialogue (RFC 5057 §5.1; RFC 3261 §12.3)",
        "Ne met fin qu’à cette transaction (RFC 8197 §4)");
    row("En-têtes recommandés", "`Contact`", "aucun");
    row("En-têtes facultatifs", "corps du message", "aucun");
    row("Statut", "enregistré auprès de l’IANA", "enregistré auprès de l’IANA");
    row("Finale", "oui", "oui");
    row("Serveur suivant ?", "Non (RFC 3263 §4.3)", "Non (RFC 3263 §4.3)");
    return {"facts", "Caractéristiques comparées", {table}, false, false};
}

Section trace() {
    List list{true, {}};
    list.items.push_back({{},
                          t("Lisez le premier chiffre de la ligne d’état : 3 envoie l’appelant ailleurs, 6 clôt la "
                            "recherche pour cet utilisateur.")});
    list.items.push_back({{},
                          t("Cherchez `Contact` dans la réponse. S’il donne plusieurs adresses, c’est un 300 à "
                            "suivre ; un 607 n’en propose aucune.")});
    list.items.push_back({{},
                          t("Regardez avant la réponse. Un 607 arrive souvent quelques secondes après le `180`, une "
                            "fois que quelqu’un a appuyé sur la touche (une liste de blocage du téléphone répond sans "
                            "`180`) ; un 300 vient normalement aussitôt, d’un serveur, sans `180`.")});
    list.items.push_back({{},
                          t("Regardez après l’`ACK`. Après un 300 vient un nouvel `INVITE` dont la Request-URI est "
                            "l’une des adresses, avec une nouvelle branche dans `Via` et, en règle générale, le même "
                            "`Call-ID` ; après un 607, il ne vient rien.")});
    list.items.push_back(
        {{},
         t("Si l’appel a été bifurqué, regardez les autres branches. Avant qu’un 607 soit relayé, elles reçoivent un "
           "`CANCEL`, parfois avec `Reason: SIP ;cause=607` ; un 300 sur une branche laisse sonner les autres.")});
    return {"trace", "Comment les distinguer dans une trace", {list}, false, false};
}

Section usage() {
    Columns columns{heads(), false, {}};
    columns.rows.push_back(
        {{{},
          t("Envoyez-le quand un utilisateur a plusieurs adresses et que le serveur ne peut pas, ou préfère ne pas, "
            "acheminer l’appel lui-même ; indiquez chaque adresse dans `Contact`. Si vous le recevez et que l’appel "
            "s’arrête là, l’appareil de l’appelant ne suit pas les redirections : cela se corrige.")},
         {{},
          t("Envoyez-le seulement quand la personne appelée, ou une règle de son propre appareil, marque l’appel comme "
            "indésirable ; pour décliner ce seul appel, envoyez [603]. Si vous le recevez, rien n’est en panne : "
            "cessez d’appeler et joignez la personne autrement.")}});
    return {"when", "Quand employer lequel", {columns}, false, false};
}

Section sources() {
    return {"sources",
            "Sources",
            {Paragraph{t("RFC 3261 §8.1.3.4, RFC 3261 §8.3, RFC 3261 §16.7, RFC 3261 §21.3.1, RFC 8197 §1, RFC 8197 "
                         "§3, RFC 8197 §4"),
                       Paragraph::Role::secondary}},
            false,
            false};
}

}  // namespace

Document french_comparison() {
    Document document;
    document.kind = Document::Kind::comparison;
    document.title = "300 Multiple Choices et 607 Unwanted";
    document.language = "fr";
    document.mastheads = {
        {"300", 300, "Multiple Choices", t("Plusieurs endroits où joindre l’appelé"),
         "redirection 3xx · RFC 3261 §21.3.1"},
        {"607", 607, "Unwanted", t("Appel indésirable"), "échec global 6xx · RFC 8197 §4"},
    };
    document.summary =
        t("Le 300 remet à l’appelant plusieurs adresses et lui laisse le choix ; le 607 lui apprend que la personne ne "
          "veut pas du tout de ses appels.");
    document.sections = {glance(), meaning(), causes(), steps(), differences(), facts(), trace(), usage(), sources()};
    document.footer = "Sipdex, catalogue 2026.1";
    return document;
}

}  // namespace sipdex::test
