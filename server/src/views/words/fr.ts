import { type PluralForms, plural as pluralIn } from "#core/format.ts"
import type { Words } from "#views/words/en.ts"

const plural = (count: number, forms: PluralForms) => pluralIn(count, "fr", forms)
const tickets = (count: number) => plural(count, { one: "{n} billet", other: "{n} billets" })

export const fr: Words = {
  price: {
    free: "Gratuit",
    yours: "Prix libre",
    from: (money) => `Dès ${money}`,
  },

  browse: {
    filter: "Filtrer les spectacles",
    all: "Tous les spectacles",
    pricesIn: (currency) => `Prix en ${currency}`,
    region: "Région et devise",
    moreDates: (count) => plural(count, { one: "+ {n} autre", other: "+ {n} autres" }),
    dates: (count, day) =>
      `${plural(count, { one: "{n} date", other: "{n} dates" })}, dès le ${day}`,
    left: (count) => plural(count, { one: "Plus que {n} place", other: "Plus que {n} places" }),
    soldOut: "Complet",
    paused: "Pas en vente",
    onSaleAt: (when) => `En vente ${when}`,
    empty: "Aucun spectacle pour l’instant",
    emptyWhy: "De nouvelles dates arrivent. Revenez bientôt.",
    emptyFilter: "Rien ici pour l’instant",
    showAll: "Tout afficher",
  },

  event: {
    back: "Tous les spectacles",
    minutes: (count) => plural(count, { one: "{n} minute", other: "{n} minutes" }),
    doors: (time) => `portes à ${time}`,
    pick: "Choisissez une séance",
    tickets: "Billets",
    extras: "Pour une belle soirée",
    fee: (money) => `+\u00a0${money} de frais`,
    noFee: "sans frais",
    feeIncluded: "frais compris",
    upTo: (count) => `Jusqu’à ${count} par commande.`,
    atLeast: (count) => `Au moins ${count} par commande.`,
    left: (count) => plural(count, { one: "Il en reste {n}.", other: "Il en reste {n}." }),
    fewer: "Un de moins",
    more: "Un de plus",
    yourPrice: "Votre prix",
    fromAmount: (money) => `${money} ou plus`,
    anyAmount: "Le montant que vous voulez",
    choose: (options) => `Choisir : ${options}`,
    chosen: (count) => plural(count, { one: "{n} choisi", other: "{n} choisis" }),
    none: "Aucune date en vente pour l’instant.",
    and: " et ",
  },

  cart: {
    title: "Vos billets",
    order: "Votre commande",
    summary: "Récapitulatif",
    keepLooking: "Continuer mes choix",
    empty: "Rien de choisi encore",
    emptyWhy: "Choisissez des billets : le total s’affiche ici, tout compris.",
    browse: "Voir tous les spectacles",
    held: (time) => `Gardés pour vous jusqu’à ${time}`,
    remove: "Retirer",
    removeLine: (title) => `Retirer ${title}`,
    unavailable: "Plus en vente ici. Retirez-le pour continuer.",
    unavailableTitle: "Plus en vente",
    subtotal: "Sous-total",
    fees: "Frais de service",
    shipping: "Livraison",
    total: "Total",
    includes: (tax) => `Dont ${tax}`,
    discount: (code, percent, onTickets) =>
      percent === undefined
        ? code
        : onTickets
          ? `${code}, ${percent} sur les billets`
          : `${code}, ${percent} de rabais`,
    bogo: (code, buy, get, percent) =>
      percent === undefined
        ? `${code}, ${plural(buy, { one: "{n} acheté", other: "{n} achetés" })}, ${plural(get, { one: "{n} offert", other: "{n} offerts" })}`
        : `${code}, ${plural(buy, { one: "{n} acheté", other: "{n} achetés" })}, ${get} à ${percent} de rabais`,
    checkOut: "Commander",
    viewCart: "Vos billets",
    continue: "Continuer",
    allIn: "C’est tout : aucuns autres frais ensuite.",
    count: (ticketCount, extras) =>
      [
        ticketCount > 0 ? tickets(ticketCount) : "",
        extras > 0 ? plural(extras, { one: "{n} extra", other: "{n} extras" }) : "",
      ]
        .filter(Boolean)
        .join(", "),
    barNote: (count) => `${count}, tout compris`,
    addPromo: "Ajouter un code promo",
    promo: "Code promo",
    apply: "Appliquer",
    applied: (code) => `${code} appliqué`,
    removePromo: (code) => `Retirer ${code}`,
  },

  promo: {
    "unknown-code": (code) => `Nous ne connaissons pas le code ${code}. Une faute de frappe ?`,
    "not-started": (code) => `${code} n’est pas encore valable.`,
    expired: (code) => `${code} est terminé.`,
    "used-up": (code) => `${code} est épuisé.`,
    "below-minimum": (code) => `Il manque un petit quelque chose à votre commande pour ${code}.`,
    "not-for-these-events": (code) => `${code} vaut pour d’autres spectacles.`,
    "not-in-this-currency": (code) => `${code} ne vaut pas dans cette devise.`,
    "too-few": (code) => `${code} demande plus de billets dans votre commande.`,
    "first-time-only": (code) => `${code} vaut pour une première commande seulement.`,
    "returning-only": (code) =>
      `${code} vaut pour qui a déjà commandé chez nous, avec la même adresse courriel.`,
    "not-on-the-list": (code) => `${code} vaut pour les adresses courriel invitées seulement.`,
  },
  tooFew: {
    event: (code, needed) => `${code} vaut à partir de ${tickets(needed)} pour le même spectacle.`,
    "price-type": (code, needed) => `${code} vaut à partir de ${tickets(needed)} du même genre.`,
    order: (code, needed) => `${code} vaut à partir de ${tickets(needed)}.`,
  },
  promoGone: {
    details: (total) =>
      `Nous l’avons retiré ; votre total est de ${total}. Continuez si cela vous va, ou utilisez une autre adresse.`,
    payment: (total) => `Rien n’a été débité. Sans lui, votre total est de ${total}.`,
  },

  steps: {
    label: "Commande",
    tickets: "Billets",
    details: "Infos",
    payment: "Paiement",
    done: "terminé",
    back: (where) => `Retour : ${where.toLowerCase()}`,
  },

  details: {
    title: "Qui vient ?",
    email: "Courriel",
    firstName: "Prénom",
    lastName: "Nom",
    phone: "Cellulaire",
    optional: "facultatif",
    phoneWhy: "facultatif, en cas d’imprévu",
    didYouMean: "Vouliez-vous dire",
    useThat: "Oui, corriger",
    from: (name) => `De la part de ${name}`,
    privacy: (name) =>
      `${name} reçoit ces renseignements pour votre commande, et nous vous envoyons vos billets. Personne d’autre ne les voit.`,
    reminder:
      "Si vous partez sans acheter, nous pourrons vous écrire une fois au sujet de ce panier.",
    continue: "Passer au paiement",
    finish: "Obtenir mes billets",
    problems: (count) =>
      plural(count, { one: "Une chose à corriger", other: "{n} choses à corriger" }),
    missing: {
      email: "Ajoutez votre courriel",
      firstName: "Ajoutez votre prénom",
      lastName: "Ajoutez votre nom",
      phone: "Ajoutez votre numéro",
      text: "Répondez à cette question",
      choice: "Choisissez une réponse",
      checkbox: "Cochez cette case pour continuer",
    },
    "not-an-email": "Vérifiez votre courriel : il ressemble à nom@exemple.com",
    "too-long": "C’est un peu trop long",
    "not-a-choice": "Choisissez une de ces réponses",
    "not-a-phone": "Vérifiez le numéro : des chiffres, des espaces et un + suffisent",
  },

  payment: {
    title: "Paiement",
    box: "Carte, dans le cadre du prestataire de paiement",
    or: "ou payer par carte",
    pay: "Payer",
    once: (currency) => `Débité une seule fois, en ${currency}.`,
    processing: "Nous confirmons votre paiement",
    processingWhy:
      "Cela peut prendre un moment. Vos billets sont gardés ; vous pouvez attendre ici ou fermer la page, nous vous écrirons dans tous les cas.",
    notCharged: "Rien n’a été débité.",
    notChargedHeld: (time) => `Rien n’a été débité, et vos billets sont gardés jusqu’à ${time}.`,
    declines: {
      card_declined: {
        title: "Votre banque a refusé cette carte",
        next: "Essayez une autre carte, ou approuvez le paiement dans l’application de votre banque et appuyez de nouveau sur Payer.",
      },
      insufficient_funds: {
        title: "Le solde de cette carte ne suffit pas",
        next: "Essayez une autre carte ou un autre moyen de paiement.",
      },
      expired_card: {
        title: "Cette carte est expirée",
        next: "Vérifiez la date, ou prenez une autre carte.",
      },
      incorrect_cvc: {
        title: "Le code de sécurité ne correspond pas",
        next: "Vérifiez les trois ou quatre chiffres sur votre carte et appuyez de nouveau sur Payer.",
      },
      incorrect_number: {
        title: "Le numéro de carte semble incorrect",
        next: "Vérifiez le numéro et appuyez de nouveau sur Payer.",
      },
      authentication_required: {
        title: "Votre banque voulait vérifier que c’est bien vous",
        next: "La vérification n’a pas été terminée. Appuyez de nouveau sur Payer et suivez les étapes de votre banque.",
      },
      lost_card: {
        title: "Votre banque a refusé cette carte",
        next: "Prenez une autre carte, ou demandez la raison à votre banque.",
      },
      processing_error: {
        title: "Le paiement est resté coincé en route",
        next: "Attendez un moment et appuyez de nouveau sur Payer.",
      },
    },
  },

  success: {
    title: "C’est réservé !",
    titleExtras: "C’est à vous !",
    order: "Commande",
    sent: (count) =>
      count === 0
        ? "Nous avons envoyé une confirmation à"
        : count === 1
          ? "Nous avons envoyé votre billet à"
          : count === 2
            ? "Nous avons envoyé les deux billets à"
            : `Nous avons envoyé les ${count} billets à`,
    ticketOf: (n, count) => `Billet ${n} sur ${count}`,
    qr: (code) => `Code QR du billet ${code}`,
    extras: "Aussi à vous",
    calendar: "Ajouter au calendrier",
    receipt: "Reçu",
    share: "C’est mieux à plusieurs",
    shareWhy: "Envoyez le lien à vos amis.",
    shareLabel: "Lien à partager",
    copy: "Copier",
    copied: "Copié",
    more: "Voir d’autres spectacles",
    void: "N’est plus valable",
  },

  expired: {
    title: "Le délai est écoulé",
    why: (minutes) =>
      `Nous les avons gardés ${plural(minutes, { one: "{n} minute", other: "{n} minutes" })}, puis remis en vente pour les autres. Rien n’a été débité.`,
    available: "Encore disponible, au même prix",
    newPrice: "Encore disponible, à un nouveau prix",
    gone: "Plus disponible pour l’instant",
    renew: "Les garder de nouveau",
    renewSome: "Garder ce qui reste",
    discard: "Choisir autre chose",
  },

  refusal: {
    "sold-out": (title, left) =>
      left === 0
        ? {
            title: `${title} : c’est complet`,
            next: "Quelqu’un a été un peu plus rapide. Rien n’a été ajouté.",
          }
        : {
            title: `${title} : ${plural(left, { one: "il en reste {n}", other: "il en reste {n}" })}`,
            next: "Prenez-en autant, ou choisissez autre chose.",
          },
    "over-maximum": (title, maximum) => ({
      title: `${maximum} au plus par commande`,
      next: `Une commande ne peut pas en avoir davantage : ${title}.`,
    }),
    "below-minimum-quantity": (title, minimum) => ({
      title: `${minimum} au moins par commande`,
      next: `${title} se vend à partir de ${minimum}.`,
    }),
    "not-on-sale": (title) => ({
      title: title === "" ? "Un de vos choix n’est plus en vente" : `${title} n’est pas en vente`,
      next: "Choisissez une autre date ou un autre billet.",
    }),
    "amount-too-low": (minimum) => ({
      title: `Le minimum est ${minimum}`,
      next: "Entrez ce montant ou plus. Vos autres billets n’ont pas changé.",
    }),
    "amount-not-a-number": {
      title: "Ce n’est pas un montant",
      next: "Utilisez des chiffres, comme 12 ou 12,50.",
    },
    "below-payment-minimum": (minimum) => ({
      title: `Les cartes sont acceptées dès ${minimum}`,
      next: "Ajoutez quelque chose, ou augmentez un peu votre prix.",
    }),
    "price-changed": (total) => ({
      title: `Le total est maintenant de ${total}`,
      next: "Un prix a changé entre-temps. Rien n’a été débité ; vérifiez-le et appuyez sur Payer s’il vous convient.",
    }),
    "details-incomplete": {
      title: "Il manque quelques renseignements",
      next: "Complétez-les pour continuer.",
    },
    "holds-expired": { title: "Le délai est écoulé", next: "Rien n’a été débité." },
    "cart-empty": { title: "Rien de choisi encore", next: "Choisissez d’abord des billets." },
    "cart-completed": {
      title: "Cette commande est terminée",
      next: "Vous pouvez en commencer une nouvelle.",
    },
    "cart-busy-paying": {
      title: "Un paiement est en cours",
      next: "Attendez qu’il se termine, ou revenez en arrière pour changer vos billets.",
    },
    "too-many-holds": {
      title: "C’est beaucoup de billets à la fois",
      next: "Terminez d’abord une commande, puis commencez la suivante.",
    },
    "payment-unavailable": {
      title: "Le service de paiement ne répond pas",
      next: "Rien n’a été débité. Réessayez dans un moment.",
    },
    "payment-processing": {
      title: "Votre paiement est en route",
      next: "Inutile de payer une deuxième fois.",
    },
    "payment-returned": {
      title: "Nous vous avons remboursé",
      next: "Le paiement est arrivé après la vente des derniers billets ; la somme entière vous revient.",
    },
    "unknown-event": {
      title: "Ce spectacle n’est plus ici",
      next: "Voici ce qui est à l’affiche.",
    },
  },

  announce: {
    total: (total, count) => `${count}. Total ${total}.`,
    emptied: "Rien de choisi.",
  },

  trouble: {
    "unknown-widget": {
      title: "Cette billetterie n’est pas ici",
      next: "La page nomme un widget qui n’existe pas. Si c’est votre page, vérifiez l’extrait de code.",
    },
    "origin-not-allowed": {
      title: "Cette page ne peut pas encore vendre de billets",
      next: "Si elle est à vous, ajoutez son adresse aux sites autorisés.",
    },
    "please-reload": {
      title: "Il y a une version plus récente",
      next: "Rechargez la page pour continuer. Vos billets sont gardés.",
    },
    "too-many-requests": {
      title: "C’était très rapide",
      next: "Attendez quelques secondes et réessayez. Rien n’est perdu.",
    },
    "server-error": {
      title: "Quelque chose a mal tourné de notre côté",
      next: "Rien n’a été débité. Réessayez dans un moment.",
    },
  },

  sandbox: "Mode essai : aucun argent réel",

  shell: {
    reconnecting: "Reconnexion…",
    stillHeld:
      "Vos billets sont encore gardés jusqu’à {time}, et rien de ce que vous avez écrit n’est perdu.",
    nothingLost: "Rien de ce que vous avez écrit n’est perdu.",
    paymentBlocked: "Cette page bloque le formulaire de paiement",
    paymentBlockedWhy:
      "Quelque chose ici, souvent un bloqueur de publicité, l’empêche de s’afficher. Terminez sur notre page sécurisée : vos billets et vos renseignements vous suivent.",
    payOnSecurePage: "Payer sur la page sécurisée",
    reload: "Cette page a changé. Rechargez-la, vos billets vous attendent.",
    failed: "Cela n’a pas abouti. Rien n’a été débité.",
    tryAgain: "Réessayer",
  },

  listing: {
    by: (name) => `Billets de ${name}`,
    all: (name) => `Tous les spectacles de ${name}`,
    more: (name) => `Aussi de ${name}`,
    where: "Lieu",
    addToCalendar: "Ajouter au calendrier",
    dates: "Dates et billets",
    over: "Ce spectacle est passé",
    overWhy: "Il n’y a plus de dates. Voyez ce qui est à l’affiche.",
    calledOff: "Annulé",
    buyHere: "Acheter des billets",
    gone: "Ce spectacle n’est plus à l’affiche",
    goneWhy: "L’organisateur l’a retiré. La liste montre ce qui est à l’affiche.",
    notFound: "Ce spectacle n’existe pas",
    notFoundWhy: "Vérifiez le lien, ou voyez ce qui est à l’affiche.",
    noShows: "Aucun spectacle pour l’instant",
    noShowsWhy: "De nouvelles dates arrivent. Revenez bientôt.",
  },

  hosted: {
    title: (name) => `Billets de ${name}`,
    noScript: "Les billets se vendent ici avec JavaScript : activez-le, puis rechargez cette page.",
    all: "Tous les spectacles",
    notFound: "Il n’y a pas de billets ici",
    lateLink:
      "Ce lien a déjà servi ou est trop ancien. Votre panier est peut-être encore sur l’appareil où vous avez commencé.",
    notFoundWhy: "Vérifiez le lien : l’organisateur a peut-être déplacé ses spectacles.",
  },

  order: {
    pageTitle: (number, name) => `Commande ${number}, ${name}`,
    number: (number) => `Commande ${number}`,
    placed: (when) => `Passée le ${when}`,
    thanks: (name) => `Merci, ${name}.`,
    tickets: "Vos billets",
    receipt: "Reçu",
    calendar: "Ajouter au calendrier",
    print: "Présentez-les à l’entrée, sur votre téléphone ou sur papier.",
    questions: (name) => `Des questions ? Écrivez à ${name}`,
    states: {
      awaiting_payment: {
        title: "En attente de paiement",
        next: "Cette commande n’est pas encore payée. Les billets s’afficheront ici dès qu’elle le sera.",
      },
      processing: {
        title: "Nous confirmons votre paiement",
        next: "Les billets s’afficheront ici dès que ce sera fait. Vous n’avez rien à faire.",
      },
      paid: { title: "C’est réservé !", next: "" },
      partially_refunded: {
        title: "Une partie de cette commande a été remboursée",
        next: "Les billets ci-dessous restent valables.",
      },
      refunded: {
        title: "Cette commande a été remboursée",
        next: "La somme vous revient, et ses billets ne sont plus valables.",
      },
      disputed: {
        title: "Ce paiement est contesté",
        next: "La banque l’examine. Écrivez-nous si cela vous surprend.",
      },
      expired: {
        title: "Le délai de cette commande est écoulé",
        next: "Elle n’a jamais été payée, et rien n’a été débité.",
      },
      canceled: { title: "Cette commande a été annulée", next: "Rien n’a été débité." },
      canceled_paid: {
        title: "Cette commande a été annulée",
        next: "Votre argent est en route, et les billets ne sont plus valables.",
      },
      canceled_free: {
        title: "Cette commande a été annulée",
        next: "Elle n’avait rien coûté, et les billets ne sont plus valables.",
      },
      payment_unfulfillable: {
        title: "Nous vous avons remboursé",
        next: "Le paiement est arrivé après la vente des derniers billets. La somme entière vous revient.",
      },
    },
    notFound: "Nous ne trouvons pas cette commande",
    notFoundWhy: "Vérifiez le lien dans votre courriel : il est long et perd parfois sa fin.",
  },

  mail: {
    subject: (event, number) => `Vos billets : ${event} (${number})`,
    subjectExtras: (number) => `Votre commande ${number}`,
    open: "Ouvrir vos billets",
    openOrder: "Ouvrir votre commande",
    openWhy: "Les codes QR sont sur cette page. Pas d’application, pas de compte.",
    ticketCode: "Code",
    why: (name) => `Vous recevez ce courriel parce que vous avez commandé chez ${name}.`,
    canceledSubject: (number) => `Annulée : votre commande ${number}`,
    canceledTitle: "Votre commande a été annulée",
    canceledLead: (name) => `${name} a annulé cette commande.`,
    canceledTickets: "Les billets ne sont plus valables.",
    canceledRefund: (money) =>
      `${money} vous sont remboursés par le moyen de paiement utilisé. Les banques prennent en général de 5 à 10 jours.`,
    recoverySubject: (name) => `Vous avez laissé des billets chez ${name}`,
    recoveryTitle: "Toujours envie d’y aller ?",
    recoveryLead:
      "Vous aviez choisi ceci sans terminer. Votre choix est gardé, mais les places sont libres pour d’autres.",
    recoveryOpen: "Retrouver votre panier",
    recoveryOnce: (name) =>
      `Vous recevez ce seul courriel parce que vous avez saisi votre adresse au paiement chez ${name}. Nous n’écrirons plus à ce sujet. Le lien sert une fois, pendant 7 jours.`,
  },
}
